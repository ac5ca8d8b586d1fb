package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final long LEASE = 3_000;

    /** Somewhere near the end of the clock, so that it wraps. */
    private static final long START = Long.MAX_VALUE - 5_000;

    private final Settling settling = new Settling(START, LEASE);

    private boolean isOverAfter(long nanos, int occupiedHosts) {
        return settling.isOver(START + nanos, occupiedHosts);
    }

    @Test
    void isOverAfterALeaseWhereNothingRan() {
        assertThat(isOverAfter(LEASE - 1, 0)).isFalse();
        assertThat(isOverAfter(LEASE, 0)).isTrue();
    }

    @Test
    void waitsALeaseForTheOthersAfterEachHostThatRunsSomething() {
        assertThat(isOverAfter(2_000, 1)).isFalse();
        assertThat(isOverAfter(4_500, 2)).isFalse();
        assertThat(isOverAfter(7_499, 2)).isFalse();
        assertThat(isOverAfter(7_500, 2)).isTrue();
    }

    /** On a machine that has much to do. */
    @Test
    void waitsForTheOthersOfAFirstHostThatCameLaterThanALease() {
        assertThat(isOverAfter(3_100, 0)).isTrue();
        assertThat(isOverAfter(20_000, 1)).isFalse();
        assertThat(isOverAfter(22_999, 2)).isFalse();
        assertThat(isOverAfter(25_999, 2)).isTrue();
    }

    @Test
    void waitsForNoMoreThanFourLeases() {
        for (int host = 1; host <= 5; host++) {
            assertThat(isOverAfter(host * 2_500, host)).isFalse();
        }
        assertThat(isOverAfter(2_500 + 4 * LEASE, 6)).isTrue();
    }

    @Test
    void begrudgesNoHostThatGoesAndComes() {
        assertThat(isOverAfter(0, 2)).isFalse();
        assertThat(isOverAfter(2_000, 1)).isFalse();
        assertThat(isOverAfter(3_000, 2)).isTrue();
    }
}
