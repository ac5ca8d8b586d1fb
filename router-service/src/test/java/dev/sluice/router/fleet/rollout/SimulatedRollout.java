package dev.sluice.router.fleet.rollout;

import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import dev.sluice.router.fleet.rollout.VersionCounts.Runs;
import dev.sluice.router.fleet.rollout.VersionCounts.Size;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A rollout under load in virtual time: each look sees what became of the queries since the last one. */
final class SimulatedRollout {

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Size ALONE = new Size("call", 1);
    private static final int MOST_LOOKS = 20_000;

    /**
     * What queries of one version meet.
     *
     * @param failing the part that fails
     * @param latencyMillis the median
     * @param spread of the logarithm of latencies, 0 where all are alike
     * @param pauses the part of looks all whose queries take ten times as long
     */
    record Behaviour(double failing, double latencyMillis, double spread, double pauses) {

        Behaviour failing(double part) {
            return new Behaviour(part, latencyMillis, spread, pauses);
        }

        Behaviour slower(double times) {
            return new Behaviour(failing, latencyMillis * times, spread, pauses);
        }
    }

    /**
     * @param verdict the last
     * @param queries that the candidate got
     * @param failed of those
     */
    record Outcome(Verdict verdict, long queries, long failed) {
        boolean isPromoted() {
            return verdict instanceof Verdict.Promote;
        }
    }

    private final Random random;
    private final double perLook;

    /** @param perSecond queries of the actor, over both versions */
    SimulatedRollout(long seed, double perSecond) {
        this.random = new Random(seed);
        this.perLook = perSecond * LOOK / TimeUnit.SECONDS.toNanos(1);
    }

    /** Where each query is a batch. */
    static VersionCounts counts(long answered, long failed, long nanos) {
        return new VersionCounts(answered, failed, 0, Map.of(ALONE, new Runs(answered, nanos)));
    }

    static long nanos(VersionCounts counts) {
        return counts.runs().getOrDefault(ALONE, new Runs(0, 0)).nanos();
    }

    static Rollout rollout(int weight, boolean held) {
        VersionSpec spec = new VersionSpec("2", ActorKinds.JAVA, "t", Map.of(), VersionSettings.UNSET);
        return new Rollout(spec, weight, held, List.of(5, 25, 50, 100), Rollout.USUAL_STEP_TIME, RolloutLimits.USUAL);
    }

    Outcome run(Behaviour current, Behaviour candidate) {
        RolloutJudge judge = new RolloutJudge(TimeUnit.SECONDS.toNanos(60));
        Rollout rollout = rollout(5, false);
        VersionCounts ofCurrent = counts(random.nextInt(10_000), random.nextInt(100), 1L << 40);
        VersionCounts ofCandidate = VersionCounts.NONE;
        long start = random.nextLong();
        for (int look = 0; look < MOST_LOOKS; look++) {
            Verdict verdict = judge.judge(
                    rollout, new Replicas(1, 1, false), Failed.NONE, ofCurrent, ofCandidate, start + look * LOOK);
            if (verdict instanceof Verdict.Advance next) {
                rollout = rollout.withWeight(next.weight(), false);
            } else if (!(verdict instanceof Verdict.Wait)) {
                return new Outcome(verdict, ofCandidate.answered() + ofCandidate.failed(), ofCandidate.failed());
            }
            int queries = poisson(perLook);
            int to = 0;
            for (int i = 0; i < queries; i++) {
                to += random.nextInt(100) < rollout.weight() ? 1 : 0;
            }
            ofCandidate = after(ofCandidate, candidate, to);
            ofCurrent = after(ofCurrent, current, queries - to);
        }
        throw new AssertionError("has not ended");
    }

    private VersionCounts after(VersionCounts before, Behaviour behaviour, int queries) {
        double pause = random.nextDouble() < behaviour.pauses() ? 10 : 1;
        long answered = 0;
        long failed = 0;
        double nanos = 0;
        for (int i = 0; i < queries; i++) {
            if (random.nextDouble() < behaviour.failing()) {
                failed++;
            } else {
                answered++;
                nanos += 1e6 * behaviour.latencyMillis() * pause * Math.exp(behaviour.spread() * random.nextGaussian());
            }
        }
        return counts(before.answered() + answered, before.failed() + failed, nanos(before) + (long) nanos);
    }

    private int poisson(double mean) {
        int count = -1;
        double product = 1;
        double least = Math.exp(-mean);
        do {
            product *= random.nextDouble();
            count++;
        } while (product > least);
        return count;
    }
}
