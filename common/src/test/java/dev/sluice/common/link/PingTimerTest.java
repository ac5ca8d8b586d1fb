package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingTimerTest {

    private static final long LEASE = Duration.ofSeconds(3).toNanos();
    private static final long PERIOD = LEASE / 3;

    private final PingTimer pings = new PingTimer(Duration.ofSeconds(3));

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE})
    void givesUpAPeerThatWasSilentForALease(long start) {
        pings.started(start);
        assertThat(pings.silent(start + PERIOD)).isFalse();
        assertThat(pings.silent(start + 2 * PERIOD)).isFalse();
        assertThat(pings.silent(start + 3 * PERIOD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE})
    void countsFromWhatWasHeardLast(long start) {
        pings.started(start);
        pings.silent(start + PERIOD);
        pings.heard(start + PERIOD + 7);
        assertThat(pings.silent(start + 2 * PERIOD)).isFalse();
        assertThat(pings.silent(start + 3 * PERIOD)).isFalse();
        assertThat(pings.silent(start + 4 * PERIOD)).isFalse();
        assertThat(pings.silent(start + 5 * PERIOD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE})
    void givesAnotherLeaseAfterThisProcessWasAsleepItself(long start) {
        pings.started(start);
        assertThat(pings.silent(start + PERIOD)).isFalse();
        long woken = start + 100 * PERIOD;
        assertThat(pings.silent(woken))
                .as("what came meanwhile has not been read")
                .isFalse();
        assertThat(pings.silent(woken + PERIOD)).isFalse();
        assertThat(pings.silent(woken + 2 * PERIOD)).isFalse();
        assertThat(pings.silent(woken + 3 * PERIOD))
                .as("and a lease later nothing has come")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE - 50, Long.MIN_VALUE})
    void takesTheMiddleOfTheLastRoundTripsWhateverOneOfThemHadToWaitFor(long start) {
        pings.started(start);
        assertThat(pings.roundTripNanos()).isZero();
        answered(start, 100);
        assertThat(pings.roundTripNanos()).isEqualTo(100);
        answered(start, 30_000_000, 120, 110, 40_000_000);
        assertThat(pings.roundTripNanos()).isEqualTo(120);
    }

    @Test
    void followsARouteThatHasBecomeLonger() {
        pings.started(0);
        answered(0, 100, 100, 100, 100, 100);
        answered(0, 500, 500, 500);
        assertThat(pings.roundTripNanos()).isEqualTo(500);
    }

    private void answered(long start, long... tookNanos) {
        for (long took : tookNanos) {
            pings.answered(start, start + took);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 3_000_000_000L})
    void believesNoAnswerToWhatWasNotAsked(long roundTrip) {
        pings.started(0);
        pings.answered(0, roundTrip);
        assertThat(pings.roundTripNanos()).isZero();
    }
}
