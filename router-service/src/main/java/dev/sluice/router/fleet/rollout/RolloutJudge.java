package dev.sluice.router.fleet.rollout;

import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Watches one rollout. Every weight is held for a time, and the versions are compared over the time since the candidate got its first
 * query. A candidate goes back at once where it is worse beyond chance: a failing one after a handful of queries. Not thread-safe.
 */
public final class RolloutJudge {

    /** So many failures at least: one may happen to anybody. */
    private static final int FEWEST_FAILURES = 3;

    /** How many standard errors beyond its margin a difference has to be. */
    private static final double SIGNIFICANT = 2;

    private final long startPatienceNanos;
    private int weight = -1;
    private boolean counting;
    private long effectiveSince;
    private long waitingSince;
    private VersionCounts currentBefore = VersionCounts.NONE;
    private VersionCounts candidateBefore = VersionCounts.NONE;

    /** @param startPatienceNanos how long the candidate's replicas may take to be ready */
    public RolloutJudge(long startPatienceNanos) {
        this.startPatienceNanos = startPatienceNanos;
    }

    /**
     * @param ready whether as many of the candidate's replicas are ready as its weight calls for
     * @param failures how often its replicas failed to start
     * @param why the last of them did; may be empty
     * @param now monotonic, in nanoseconds
     */
    public Verdict judge(
            Rollout rollout,
            boolean ready,
            int failures,
            String why,
            VersionCounts current,
            VersionCounts candidate,
            long now) {
        if (rollout.weight() != weight) {
            weight = rollout.weight();
            effectiveSince = now;
            waitingSince = now;
            if (!counting) {
                counting = true;
                currentBefore = current;
                candidateBefore = candidate;
            }
        }
        if (!ready) {
            effectiveSince = now;
            if (failures >= FEWEST_FAILURES) {
                return new Verdict.RollBack("Its replicas do not start: " + why);
            }
            if (now - waitingSince >= startPatienceNanos) {
                return new Verdict.RollBack("Its replicas were not ready within "
                        + TimeUnit.NANOSECONDS.toSeconds(startPatienceNanos) + " s.");
            }
        } else {
            waitingSince = now;
        }
        String worse = worse(rollout.limits(), current.since(currentBefore), candidate.since(candidateBefore));
        if (!worse.isEmpty()) {
            return new Verdict.RollBack(worse);
        }
        if (!ready
                || rollout.held()
                || now - effectiveSince < rollout.stepTime().toNanos()) {
            return new Verdict.Wait();
        }
        return rollout.weight() >= 100 ? new Verdict.Promote() : new Verdict.Advance(rollout.nextWeight());
    }

    /** In what the candidate is worse, as a sentence; empty where it is not. */
    private static String worse(RolloutLimits limits, VersionCounts current, VersionCounts candidate) {
        if (candidate.failed() >= FEWEST_FAILURES) {
            double allowed = current.failedPart() + limits.errorMargin();
            double part = candidate.failedPart();
            double error = Math.sqrt(Math.max(0, allowed * (1 - Math.min(1, allowed))) / candidate.ended());
            if (part > allowed + SIGNIFICANT * error) {
                return String.format(
                        Locale.ROOT,
                        "%d of its %d queries failed (%.1f %%), and %.1f %% are allowed.",
                        candidate.failed(),
                        candidate.ended(),
                        100 * part,
                        100 * allowed);
            }
        }
        if (candidate.answered() >= limits.leastQueries() && current.answered() >= limits.leastQueries()) {
            double allowed = current.meanLatency() * (1 + limits.latencyMargin());
            if (candidate.meanLatency() > allowed) {
                return String.format(
                        Locale.ROOT,
                        "Its queries take %.1f ms, and %.1f ms are allowed.",
                        candidate.meanLatency() / 1e6,
                        allowed / 1e6);
            }
        }
        return "";
    }
}
