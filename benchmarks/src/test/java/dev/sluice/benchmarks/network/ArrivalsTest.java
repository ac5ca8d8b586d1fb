package dev.sluice.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times around every moment at which a clock of nanoseconds may stand. */
class ArrivalsTest {

    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final Weather SLOW =
            new Weather(true, Duration.ofMillis(20), Duration.ofMillis(20), 0.1, Duration.ofMillis(200), 1_000_000_000);

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void piecesAreOnTheirWaySideBySide(long start) {
        Arrivals arrivals = new Arrivals(start);

        assertThat(arrivals.next(start, SLOW, 0, 0, 1)).isEqualTo(start + 20 * MILLI);
        assertThat(arrivals.next(start + MILLI, SLOW, 0, 0, 1)).isEqualTo(start + 21 * MILLI);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void noneOvertakesAnother(long start) {
        Arrivals arrivals = new Arrivals(start);

        assertThat(arrivals.next(start, SLOW, 0, 0, 0)).isEqualTo(start + 220 * MILLI);
        assertThat(arrivals.next(start + MILLI, SLOW, 0, 0.5, 1)).isEqualTo(start + 220 * MILLI);
        assertThat(arrivals.next(start + 2 * MILLI, Weather.FINE, 0, 0, 1)).isEqualTo(start + 220 * MILLI);
        assertThat(arrivals.next(start + 300 * MILLI, SLOW, 0, 0.5, 1)).isEqualTo(start + 330 * MILLI);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void oneIsSentAfterTheOther(long start) {
        Arrivals arrivals = new Arrivals(start);

        assertThat(arrivals.next(start, SLOW, 5_000_000, 0, 1)).isEqualTo(start + 25 * MILLI);
        assertThat(arrivals.next(start, SLOW, 5_000_000, 0, 1)).isEqualTo(start + 30 * MILLI);
        assertThat(arrivals.next(start + 100 * MILLI, SLOW, 5_000_000, 0, 1)).isEqualTo(start + 125 * MILLI);
    }
}
