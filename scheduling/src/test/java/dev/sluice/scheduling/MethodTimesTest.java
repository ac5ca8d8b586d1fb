package dev.sluice.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodTimesTest {

    private static final double ROUNDING = 1 - 1e-9;

    private final MethodTimes times = new MethodTimes();
    private long clock = -1_000_000;

    private void record(int size, double nanos) {
        long started = clock;
        clock += (long) nanos;
        times.record(size, nanos, started, clock);
    }

    @Test
    void knowsNothingBeforeItMeasured() {
        assertThat(times.known()).isFalse();
        assertThat(times.typical(8)).isZero();
        assertThat(times.largestWithin(1, 64)).isEqualTo(64);
    }

    @Test
    void aSizeThatWasNotSeenComesFromTheLine() {
        for (int size : new int[] {1, 2, 4, 8, 16}) {
            record(size, 1_000 * size + 5_000);
        }

        assertThat(times.alphaNanos()).isCloseTo(1_000, within(1.0));
        assertThat(times.betaNanos()).isCloseTo(5_000, within(10.0));
        assertThat(times.typical(64)).isCloseTo(69_000, within(200.0));
        assertThat(times.typical(3)).isCloseTo(8_000, within(50.0));
    }

    @Test
    void aLargerBatchIsTakenToCostInProportionWhileOneSizeWasSeen() {
        record(4, 10_000);

        assertThat(times.typical(8)).isCloseTo(20_000, within(1.0));
        assertThat(times.largestWithin(25_000, 64)).isBetween(8, 10);
    }

    @Test
    void promisesTheHighPercentileAndNotTheMiddle() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            record(8, 10_000 * (1 + 0.1 * random.nextGaussian()));
        }

        assertThat(times.typical(8)).isCloseTo(10_000, within(300.0));
        assertThat(times.safe(8)).isBetween(12_000.0, 14_500.0);
    }

    @Test
    void oneOutlierChangesNothing() {
        for (int i = 0; i < 200; i++) {
            record(8, 10_000);
        }
        record(8, 500_000);

        assertThat(times.typical(8)).isCloseTo(10_000, within(1.0));
        assertThat(times.safe(8)).isLessThan(11_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 0.1})
    void aRunOfOutliersBeginsTheRecordAfresh(double factor) {
        for (int size = 1; size <= 64; size *= 2) {
            record(size, 1_000 * size + 5_000);
        }
        for (int i = 0; i < 5; i++) {
            record(8, factor * 13_000);
        }

        assertThat(times.typical(8)).isCloseTo(factor * 13_000, within(factor * 10));
        assertThat(times.typical(16)).as("what was not measured again").isGreaterThan(factor * 13_000 * 1.2);
    }

    /** Of few batches the high percentile is the longest: multiplied by how far a stall is off, it would promise minutes. */
    @Test
    void stallsAmongFewBatchesPromiseNoMoreThanTheyTook() {
        for (double millis : new double[] {0.5, 0.4, 150, 0.4, 500, 500, 500}) {
            record(1, millis * 1e6);
        }

        assertThat(times.typical(1)).isLessThanOrEqualTo(500e6);
        assertThat(times.safe(1)).isLessThanOrEqualTo(520e6);
    }

    /** A pause adds the same to a large batch as to a small one. */
    @Test
    void whatAFewSmallBatchesWereOffByIsAddedToLargeOnesRatherThanMultiplied() {
        for (int i = 0; i < 40; i++) {
            record(1, 1e6);
            record(64, 64e6);
        }
        for (int i = 0; i < Outliers.RUN - 1; i++) {
            record(1, 100e6);
        }

        assertThat(times.typical(1)).isCloseTo(100e6, within(1e4));
        assertThat(times.typical(64)).isCloseTo(163e6, within(1e5));
        assertThat(times.safe(64)).isBetween(163e6, 180e6);
    }

    @Test
    void whatWasLearntOfLargeBatchesIsForgottenWithTheActorThatRanThem() {
        for (int i = 0; i < 20; i++) {
            record(1, 1e6);
            record(32, 3e6);
        }
        for (int i = 0; i < Outliers.RUN; i++) {
            record(1, 1_500e6);
        }

        assertThat(times.largestSeen()).isEqualTo(1);
    }

    @Test
    void batchesThatOnePauseHitAreNotARun() {
        for (int i = 0; i < 50; i++) {
            record(8, 10_000);
        }
        long started = clock;
        for (int i = 0; i < 8; i++) {
            times.record(8, 110_000, started, started + 110_000 + i);
        }
        clock = started + 200_000;
        record(8, 10_000);

        assertThat(times.typical(8)).isCloseTo(10_000, within(1.0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void neverDecreasesWithTheSizeUnderAnyHistory(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            record(1 + random.nextInt(200), random.nextInt(1_000));
            double typical = 0;
            double safe = 0;
            for (int size = 1; size <= 256; size++) {
                assertThat(times.typical(size)).isGreaterThanOrEqualTo(typical * ROUNDING);
                assertThat(times.safe(size))
                        .isGreaterThanOrEqualTo(safe * ROUNDING)
                        .isGreaterThanOrEqualTo(times.typical(size) * ROUNDING);
                typical = times.typical(size);
                safe = times.safe(size);
            }
        }
    }

    @Test
    void theLargestBatchWithinATimeIsTheLastThatFits() {
        for (int size = 1; size <= 64; size *= 2) {
            record(size, 1_000 * size + 5_000);
        }
        int fits = times.largestWithin(30_000, 256);

        assertThat(times.safe(fits)).isLessThanOrEqualTo(30_000);
        assertThat(times.safe(fits + 1)).isGreaterThan(30_000);
        assertThat(times.largestWithin(1, 256)).isZero();
    }

    @Test
    void aTailOfTheDistributionIsPartOfTheRecord() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            record(8, random.nextInt(100) < 3 ? 70_000 : 10_000);
        }

        assertThat(times.typical(8)).isCloseTo(10_000, within(1.0));
        assertThat(times.sizeViews().get(0).p99Nanos())
                .as("3 in 100 take that long")
                .isEqualTo(70_000);
        assertThat(times.safe(8)).as("no size of batch would avoid them").isLessThan(11_000);
    }

    /** A pause of 20 µs is much for a batch of 10 µs and little for one of 400 µs, which would else never be tried. */
    @Test
    void pausesThatHitSmallBatchesDoNotMakeLargeOnesLookImpossible() {
        record(64, 400_000);
        record(64, 400_000);
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            record(1, 10_000 + (i % 8 == 0 ? 6_000 + random.nextInt(1_000) : random.nextInt(500)));
        }

        assertThat(times.safe(1)).isGreaterThan(15_000);
        assertThat(times.safe(64)).isBetween(400_000.0, 430_000.0);
    }

    @Test
    void whatWasUnluckyLongAgoIsTriedAgain() {
        for (int i = 0; i < 40; i++) {
            record(64, i % 2 == 0 ? 400_000 : 700_000);
        }
        assertThat(times.safe(64)).isGreaterThan(700_000);
        for (int i = 0; i < 300; i++) {
            record(1, 10_000);
        }

        assertThat(times.safe(64)).isLessThan(450_000);
    }

    @Test
    void whatAHeavyTailPromisesIsKept() {
        Random random = new Random(5);
        int kept = 0;
        for (int i = 0; i < 5_000; i++) {
            double nanos = 10_000 * Math.exp(0.5 * random.nextGaussian());
            if (i >= 1_000 && nanos <= times.safe(8)) {
                kept++;
            }
            record(8, nanos);
        }

        assertThat(kept / 4_000.0).isGreaterThan(0.97);
        assertThat(times.typical(8)).isBetween(8_500.0, 11_500.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 0.1})
    void aChangeOfTheActorIsKnownAfterFourBatches(double factor) {
        for (int i = 0; i < 200; i++) {
            record(1 + i % 16, 1_000 * (1 + i % 16) + 5_000);
        }
        for (int i = 0; i < 4; i++) {
            record(8, factor * 13_000);
        }

        assertThat(times.typical(8)).isCloseTo(factor * 13_000, within(factor * 100));
        assertThat(times.typical(16))
                .as("in proportion to what it was")
                .isCloseTo(factor * 21_000, within(factor * 500));
        assertThat(times.safe(16)).isLessThan(factor * 30_000);
    }

    @Test
    void theLuckiestIsTheLeastThatAsManyOrMoreTook() {
        record(4, 9_000);
        record(8, 20_000);
        record(8, 18_000);

        assertThat(times.luckiest(1)).isEqualTo(9_000);
        assertThat(times.luckiest(5)).isEqualTo(18_000);
        assertThat(times.luckiest(64)).isZero();
    }
}
