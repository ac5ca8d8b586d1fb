package dev.sluice.router.fleet.rollout;

import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Watches one rollout. Every weight is held for a time. Failures are compared over the time since the judging began, how long batches run
 * over the step. A candidate goes back at once where it is worse beyond chance: a failing one after a handful of queries.
 *
 * <p>It is asked again and again, and an accident needs only one look: so the bounds are far out. Of failures, n of them k, the
 * chance is at most exp(-n KL(k/n, allowed)) (Chernoff), and that is compared. Not thread-safe.
 */
public final class RolloutJudge {

    private static final int ALL = 100;

    /** From this weight on the candidate has as many replicas for its queries as the other. */
    private static final int HALF = 50;

    /** By so much more may be turned away, which depends on the load; and while the candidate has few replicas. */
    private static final double LOAD_MARGIN = 0.1;

    private static final double FEW_REPLICAS_MARGIN = 0.25;

    private static final double SIGNIFICANT = 3;
    private static final int FEWEST_LOOKS = 20;

    /** So many failures at least: one may happen to anybody. */
    private static final int FEWEST_FAILURES = 3;

    /** What {@code n KL} must reach: about one chance in 8,000. */
    private static final double BEYOND_CHANCE = 9;

    private final long startPatienceNanos;
    private int weight = -1;
    private int needed;
    private long effectiveSince;
    private long waitingSince;
    private long lookedAt;
    private int mostReady;
    private long calledAt;
    private Observed current = new Observed(VersionCounts.NONE);
    private Observed candidate = new Observed(VersionCounts.NONE);
    private boolean timesCompared;

    /** @param startPatienceNanos how long the candidate's replicas may take to be ready */
    public RolloutJudge(long startPatienceNanos) {
        this.startPatienceNanos = startPatienceNanos;
    }

    /**
     * @param replicas of the candidate
     * @param failed of those that are not there
     * @param ofCurrent what became of the current version's queries, since its router began to count
     * @param ofCandidate likewise
     * @param now monotonic, in nanoseconds
     */
    public Verdict judge(
            Rollout rollout,
            Replicas replicas,
            Failed failed,
            VersionCounts ofCurrent,
            VersionCounts ofCandidate,
            long now) {
        if (weight < 0) {
            current = new Observed(ofCurrent);
            candidate = new Observed(ofCandidate);
            calledAt = now;
        }
        if (rollout.weight() != weight) {
            weight = rollout.weight();
            effectiveSince = now;
            waitingSince = now;
            needed = replicas.needed();
            mostReady = 0;
            lookedAt = now;
            beginStep();
        }
        // More that are wanted since, as the actor is called more, need not be waited for: the step tries what it began
        // with.
        boolean ready = replicas.ready() >= Math.min(needed, replicas.needed());
        waits(replicas, ready, now);
        if (!ready) {
            effectiveSince = now;
        }
        long offered = current.offered() + candidate.offered();
        current.look(ofCurrent);
        candidate.look(ofCandidate);
        if (current.offered() + candidate.offered() > offered) {
            calledAt = now;
        }
        String bad = ready ? "" : unready(failed, now);
        if (bad.isEmpty()) {
            bad = failing(rollout.limits());
        }
        if (bad.isEmpty()) {
            bad = slow(rollout.limits());
        }
        if (bad.isEmpty()) {
            bad = turningAway(rollout.limits());
        }
        if (!bad.isEmpty()) {
            return new Verdict.RollBack(bad);
        }
        boolean isOver = ready && now - effectiveSince >= rollout.stepTime().toNanos();
        boolean isToBeProven = isCalled(rollout, now) && !isProven(rollout);
        if (!isOver || isToBeProven || rollout.held()) {
            return new Verdict.Wait();
        }
        return rollout.weight() >= ALL ? new Verdict.Promote() : new Verdict.Advance(rollout.nextWeight());
    }

    /** Time without slots does not count; and where another one is ready than before, the next may take as long. */
    private void waits(Replicas replicas, boolean ready, long now) {
        if (ready || replicas.ready() > mostReady) {
            waitingSince = now;
        } else if (replicas.placeless()) {
            waitingSince += now - lookedAt;
        }
        mostReady = Math.max(mostReady, replicas.ready());
        lookedAt = now;
    }

    /** Whether enough became of the candidate's queries to tell. */
    public boolean isProven(Rollout rollout) {
        return candidate.ended() >= rollout.limits().leastQueries();
    }

    /** What speaks for it once its steps are over, as a part of a sentence. */
    public String proof(Rollout rollout) {
        if (!isProven(rollout)) {
            return "its time is over, though it has had too few to be judged by";
        }
        return "it has proved itself with all queries"
                + (timesCompared ? "" : ", though no run times could be compared");
    }

    /** Whether a candidate that takes far too long would have been noticed at some weight. */
    boolean areTimesCompared() {
        return timesCompared;
    }

    /** Where hardly anybody calls the actor, nobody can wait for proof. */
    private boolean isCalled(Rollout rollout, long now) {
        return current.offered() + candidate.offered() >= rollout.limits().leastQueries()
                && now - calledAt < rollout.stepTime().toNanos();
    }

    private void beginStep() {
        candidate.beginStep();
        if (weight < ALL) {
            // After that nobody calls it any more, and how it was before is what there is to compare with.
            current.beginStep();
        }
    }

    /** As a sentence; empty where there is still hope. */
    private String unready(Failed failed, long now) {
        if (failed.times() >= FEWEST_FAILURES) {
            return failed.told();
        }
        if (now - waitingSince >= startPatienceNanos) {
            return "Its replicas were not ready within " + TimeUnit.NANOSECONDS.toSeconds(startPatienceNanos) + " s.";
        }
        return "";
    }

    /** That it fails more often than it may, as a sentence; empty where it does not. */
    private String failing(RolloutLimits limits) {
        double allowed = current.failedPart() + limits.errorMargin();
        double part = candidate.failedPart();
        boolean isWorse = candidate.failed() >= FEWEST_FAILURES
                && part > allowed
                && candidate.ended() * divergence(part, allowed) >= BEYOND_CHANCE;
        return isWorse
                ? String.format(
                        Locale.ROOT,
                        "%d of its %d queries failed (%.1f %%), and %.1f %% are allowed.",
                        candidate.failed(),
                        candidate.ended(),
                        100 * part,
                        100 * allowed)
                : "";
    }

    /** Kullback and Leibler's, between coins: how unlike chance it is, per toss, that a coin of {@code expected} seems one of {@code seen}. */
    private static double divergence(double seen, double expected) {
        double rest = seen < 1 ? (1 - seen) * Math.log((1 - seen) / (1 - expected)) : 0;
        return seen * Math.log(seen / expected) + rest;
    }

    /** That it leaves more without an answer than it may, as a sentence; empty where it does not, or nothing can be compared. */
    private String turningAway(RolloutLimits limits) {
        Mean own = candidate.unanswered();
        Mean other = current.unanswered();
        if (weight >= ALL
                || Math.min(own.count(), other.count()) < limits.leastQueries()
                || Math.min(own.looks(), other.looks()) < FEWEST_LOOKS) {
            return "";
        }
        double factor = 1 + limits.latencyMargin();
        double allowed =
                other.value() * factor + limits.errorMargin() + (weight < HALF ? FEW_REPLICAS_MARGIN : LOAD_MARGIN);
        double error = Math.sqrt(own.variance() + factor * factor * other.variance());
        return own.value() > allowed + SIGNIFICANT * error
                ? String.format(
                        Locale.ROOT,
                        "%.1f %% of its queries are not answered, and %.1f %% are allowed.",
                        ALL * own.value(),
                        ALL * allowed)
                : "";
    }

    /** That it takes longer than it may, as a sentence; empty where it does not. */
    private String slow(RolloutLimits limits) {
        RunTimes times = RunTimes.of(current.runs(), candidate.runs(), 1 + limits.latencyMargin());
        boolean isEnough = Math.min(candidate.answered(), current.answered()) >= limits.leastQueries();
        timesCompared |= isEnough && times.areCompared();
        return isEnough && times.isTooLong()
                ? String.format(
                        Locale.ROOT,
                        "Its batches take %.1f ms, and %.1f ms are allowed.",
                        times.nanos() / 1e6,
                        times.allowed() / 1e6)
                : "";
    }
}
