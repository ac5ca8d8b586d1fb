package dev.sluice.router.fleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ObservedTest {

    private final Observed observed = new Observed(new VersionCounts(100, 50, 1_000));

    @Test
    void knowsNothingBeforeItsFirstLook() {
        assertThat(observed.ended()).isZero();
        assertThat(observed.failedPart()).isZero();
        assertThat(observed.meanLatency()).isZero();
        assertThat(observed.meanLatencyVariance()).isZero();
    }

    @Test
    void addsUpWhatCameSince() {
        observed.look(new VersionCounts(102, 51, 1_040));
        observed.look(new VersionCounts(102, 51, 1_040));
        observed.look(new VersionCounts(102, 52, 1_040));
        observed.look(new VersionCounts(106, 52, 1_140));
        assertThat(observed.answered()).isEqualTo(6);
        assertThat(observed.failed()).isEqualTo(2);
        assertThat(observed.ended()).isEqualTo(8);
        assertThat(observed.failedPart()).isEqualTo(0.25);
        assertThat(observed.looks()).as("with answers").isEqualTo(2);
        assertThat(observed.meanLatency()).isEqualTo(140 / 6.0);
    }

    @Test
    void isCertainOfItsMeanWhereAllLooksAreAlike() {
        VersionCounts counts = new VersionCounts(100, 50, 1_000);
        for (int look = 1; look <= 10; look++) {
            counts = new VersionCounts(counts.answered() + look, 50, counts.latencyNanos() + 7L * look);
            observed.look(counts);
        }
        assertThat(observed.meanLatencyVariance()).isCloseTo(0, within(1e-9));
    }

    /** Batches of ten that take one time: there is as much to learn from them as from a tenth of the queries. */
    @Test
    void isAsUncertainAsMeansAreFarFromTheTruth() {
        Random random = new Random(1);
        double squares = 0;
        double claimed = 0;
        int trials = 2_000;
        for (int trial = 0; trial < trials; trial++) {
            Observed each = new Observed(VersionCounts.NONE);
            VersionCounts counts = VersionCounts.NONE;
            for (int look = 0; look < 50; look++) {
                int queries = 10 * (1 + random.nextInt(3));
                long nanos = 1_000_000L + random.nextInt(1_000_000);
                counts = new VersionCounts(counts.answered() + queries, 0, counts.latencyNanos() + queries * nanos);
                each.look(counts);
            }
            squares += Math.pow(each.meanLatency() - 1_500_000, 2) / trials;
            claimed += each.meanLatencyVariance() / trials;
        }
        assertThat(claimed / squares).isBetween(0.85, 1.15);
    }
}
