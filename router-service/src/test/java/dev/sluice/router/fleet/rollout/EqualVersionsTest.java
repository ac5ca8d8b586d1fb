package dev.sluice.router.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.rollout.VersionCounts.Runs;
import dev.sluice.router.fleet.rollout.VersionCounts.Size;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A candidate that is as good as the current version, and has fewer replicas: its queries wait longer at the same load of each. */
class EqualVersionsTest {

    private static final double LOOK = 100;
    private static final int REPLICAS = 4;
    private static final int SEEDS = 40;

    /** Replicas of one version before which queries queue; each takes up to eight at once, 5 ms and 1 ms for each, and some luck. */
    private static final class Queue {
        private final Random random;
        private final double slower;
        private final Deque<Double> waiting = new ArrayDeque<>();
        private final Map<Size, Runs> runs = new HashMap<>();
        private double[] freeAt = new double[0];
        private long answered;
        private long forgotten;
        private double latency;

        /** Of the queries so far, in milliseconds. */
        double forgetLatency() {
            double mean = latency / Math.max(1, answered - forgotten);
            forgotten = answered;
            latency = 0;
            return mean;
        }

        Queue(long seed, double slower) {
            this.random = new Random(seed);
            this.slower = slower;
        }

        void replicas(int count, double now) {
            double[] more = new double[count];
            for (int i = 0; i < count; i++) {
                more[i] = i < freeAt.length ? freeAt[i] : now;
            }
            freeAt = more;
        }

        void runs(double perMilli, double from, double until) {
            for (double at = from + gap(perMilli); at < until; at += gap(perMilli)) {
                serve(at);
                waiting.add(at);
            }
            serve(until);
        }

        private double gap(double perMilli) {
            return perMilli == 0 ? Double.POSITIVE_INFINITY : -Math.log(1 - random.nextDouble()) / perMilli;
        }

        private void serve(double until) {
            while (!waiting.isEmpty() && freeAt.length > 0) {
                int first = 0;
                for (int i = 1; i < freeAt.length; i++) {
                    first = freeAt[i] < freeAt[first] ? i : first;
                }
                double starts = Math.max(freeAt[first], waiting.element());
                if (starts > until) {
                    return;
                }
                int size = 0;
                double arrived = 0;
                while (size < 8 && !waiting.isEmpty() && waiting.element() <= starts) {
                    arrived += waiting.remove();
                    size++;
                }
                double took = slower * (5 + size) * (0.9 + 0.2 * random.nextDouble());
                freeAt[first] = starts + took;
                answered += size;
                latency += size * (starts + took) - arrived;
                runs.merge(
                        new Size("call", size),
                        new Runs(1, (long) (took * 1e6)),
                        (one, other) -> new Runs(one.batches() + other.batches(), one.nanos() + other.nanos()));
            }
        }

        VersionCounts counts() {
            return new VersionCounts(answered, 0, 0, runs);
        }
    }

    private final RolloutJudge judge = new RolloutJudge(TimeUnit.SECONDS.toNanos(60));

    /** How much longer queries take at the candidate in the second step. */
    private double worse;

    private Verdict rollsOut(long seed, double utilisation, double slower) {
        Queue current = new Queue(seed, 1);
        Queue candidate = new Queue(-seed - 1, slower);
        double perMilli = utilisation * REPLICAS * 8 / 13.0;
        int weight = 5;
        for (int look = 0; look < 2_000; look++) {
            Verdict verdict = judge.judge(
                    SimulatedRollout.rollout(weight, false),
                    new Replicas(1, 1, false),
                    Failed.NONE,
                    current.counts(),
                    candidate.counts(),
                    (long) (look * LOOK * 1e6));
            if (verdict instanceof Verdict.Advance next) {
                double times = candidate.forgetLatency() / current.forgetLatency();
                worse = weight == 25 ? times : worse;
                weight = next.weight();
            } else if (!(verdict instanceof Verdict.Wait)) {
                return verdict;
            }
            int ofCandidate = Math.max(1, REPLICAS * weight / 100);
            double now = look * LOOK;
            candidate.replicas(ofCandidate, now);
            current.replicas(Math.max(1, REPLICAS - REPLICAS * weight / 100), now);
            candidate.runs(perMilli * weight / 100, now, now + LOOK);
            current.runs(perMilli * (100 - weight) / 100, now, now + LOOK);
        }
        throw new AssertionError("has not ended");
    }

    @ParameterizedTest
    @CsvSource({"0.7, 1, 1.1", "0.8, 1, 1.15", "0.95, 1, 1.5", "0.7, 1.2, 1.5"})
    void takesOver(double utilisation, double slower, double longer) {
        for (long seed = 0; seed < SEEDS; seed++) {
            EqualVersionsTest each = new EqualVersionsTest();
            assertThat(each.rollsOut(seed, utilisation, slower)).isEqualTo(new Verdict.Promote());
            worse += each.worse / SEEDS;
        }
        assertThat(worse).as("how much longer its queries took").isGreaterThan(longer);
    }

    @ParameterizedTest
    @CsvSource({"0.5", "0.7"})
    void goesBackWhereItsBatchesTakeTwiceAsLong(double utilisation) {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(new EqualVersionsTest().rollsOut(seed, utilisation, 2)).isInstanceOf(Verdict.RollBack.class);
        }
    }
}
