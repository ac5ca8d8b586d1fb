package dev.sluice.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StepArrivalsTest {

    private static final double SECOND = 1e9;

    @Test
    void comeAtOneRateAndFromTheStepOnAtTheOther() {
        StepArrivals arrivals = new StepArrivals(30 / SECOND, 250 / SECOND, 100 * SECOND, new SplittableRandom(1));
        int before = 0;
        int after = 0;
        for (double at = arrivals.next(); at < 200 * SECOND; at = arrivals.next()) {
            before += at < 100 * SECOND ? 1 : 0;
            after += at >= 100 * SECOND ? 1 : 0;
        }

        assertThat(before).isBetween(2_800, 3_200);
        assertThat(after).isBetween(24_300, 25_700);
    }

    @Test
    void areSentInRealTime() {
        ProcessArrivals arrivals = new ProcessArrivals(new StepArrivals(1, 1, 0, new SplittableRandom(1)), -5);

        assertThat(arrivals.due(-6)).isFalse();
        assertThat(arrivals.due(1_000)).isTrue();
        long first = arrivals.take(1_000);
        assertThat(arrivals.take(1_000)).isGreaterThanOrEqualTo(first);
        assertThat(arrivals.untilDue(1_000)).isZero();
    }
}
