package dev.sluice.router.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.rollout.VersionCounts.Runs;
import dev.sluice.router.fleet.rollout.VersionCounts.Size;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A candidate with few queries has small batches only, and the current version large ones only: both wait 5 ms for a batch to fill. */
class UnlikeSizesTest {

    private static final double LOOK = 100;
    private static final double WINDOW = 5;
    private static final double PER_MILLI = 4;
    private static final int SEEDS = 40;

    /** What a batch takes, in milliseconds. */
    private enum Shape {
        STRAIGHT(size -> 5 + size),
        STEEP(size -> 0.2 + size),
        LEVEL(size -> 20),
        LEVEL_AT_FIRST(size -> Math.max(8, size)),
        EVER_STEEPER(size -> 5 + size * size / 20.0),
        EVER_FLATTER(size -> 2 + 6 * Math.sqrt(size)),
        IN_STEPS(size -> 4 + 4 * ((size + 7) / 8));

        private final IntToDoubleFunction millis;

        Shape(IntToDoubleFunction millis) {
            this.millis = millis;
        }
    }

    /** One version, with as many replicas as it needs. */
    private static final class Version {
        private final Random random;
        private final Shape shape;
        private final double slower;
        private final Map<Size, Runs> runs = new HashMap<>();
        private double now;
        private long answered;

        Version(long seed, Shape shape, double slower) {
            this.random = new Random(seed);
            this.shape = shape;
            this.slower = slower;
        }

        /** @param pace of the machines at this time */
        void runs(double perMilli, double pace, double until) {
            for (now += gap(perMilli); now < until; now += gap(perMilli)) {
                int size = 1;
                double closes = now + WINDOW;
                for (now += gap(perMilli); now < closes; now += gap(perMilli)) {
                    size++;
                }
                double took = slower * pace * shape.millis.applyAsDouble(size) * (0.9 + 0.2 * random.nextDouble());
                answered += size;
                runs.merge(
                        new Size("call", grid(size)),
                        new Runs(1, (long) (took * 1e6)),
                        (one, other) -> new Runs(one.batches() + other.batches(), one.nanos() + other.nanos()));
            }
            now = until;
        }

        /** As the router rounds. */
        private static int grid(int rows) {
            int step = Math.max(1, Integer.highestOneBit(Math.max(1, rows - 1)) / 4);
            return (rows + step - 1) / step * step;
        }

        private double gap(double perMilli) {
            return perMilli == 0 ? 1e12 : -Math.log(1 - random.nextDouble()) / perMilli;
        }

        VersionCounts counts() {
            return new VersionCounts(answered, 0, 0, runs);
        }
    }

    private final RolloutJudge judge = new RolloutJudge(TimeUnit.SECONDS.toNanos(60));
    private int weight = 5;

    /** @param pauses whether all stops for a moment now and then */
    private Verdict rollsOut(long seed, Shape shape, double slower, boolean pauses) {
        Version current = new Version(seed, shape, 1);
        Version candidate = new Version(-seed - 1, shape, slower);
        Random machines = new Random(seed + 1_000);
        for (int look = 0; look < 2_000; look++) {
            Verdict verdict = judge.judge(
                    SimulatedRollout.rollout(weight, false),
                    new Replicas(1, 1, false),
                    Failed.NONE,
                    current.counts(),
                    candidate.counts(),
                    (long) (look * LOOK * 1e6));
            if (verdict instanceof Verdict.Advance next) {
                weight = next.weight();
            } else if (!(verdict instanceof Verdict.Wait)) {
                return verdict;
            }
            double pace = pauses && machines.nextInt(50) == 0 ? 5 : 0.9 + 0.2 * machines.nextDouble();
            candidate.runs(PER_MILLI * weight / 100, pace, (look + 1) * LOOK);
            current.runs(PER_MILLI * (100 - weight) / 100, pace, (look + 1) * LOOK);
        }
        throw new AssertionError("has not ended");
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.5, 5})
    void goesBackInTheFirstStepWhereItsBatchesTakeSeveralTimesAsLong(double slower) {
        for (long seed = 0; seed < SEEDS; seed++) {
            UnlikeSizesTest each = new UnlikeSizesTest();
            assertThat(each.rollsOut(seed, Shape.STRAIGHT, slower, false)).isInstanceOf(Verdict.RollBack.class);
            assertThat(each.weight).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesBackBeforeItGetsHalfWhereItsBatchesTakeTwiceAsLong(Shape shape) {
        for (long seed = 0; seed < SEEDS; seed++) {
            UnlikeSizesTest each = new UnlikeSizesTest();
            assertThat(each.rollsOut(seed, shape, 2, false)).isInstanceOf(Verdict.RollBack.class);
            assertThat(each.weight).isLessThan(50);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesOverWhereItIsEqual(Shape shape) {
        for (long seed = 0; seed < SEEDS; seed++) {
            for (boolean pauses : List.of(false, true)) {
                UnlikeSizesTest each = new UnlikeSizesTest();
                assertThat(each.rollsOut(seed, shape, 1, pauses)).isEqualTo(new Verdict.Promote());
                assertThat(each.judge.areTimesCompared()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"STRAIGHT, 1.2", "STEEP, 1.2", "EVER_FLATTER, 1.2", "STRAIGHT, 0.5"})
    void takesOverWhereItIsALittleSlowerOrFaster(Shape shape, double slower) {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(new UnlikeSizesTest().rollsOut(seed, shape, slower, true))
                    .isEqualTo(new Verdict.Promote());
        }
    }
}
