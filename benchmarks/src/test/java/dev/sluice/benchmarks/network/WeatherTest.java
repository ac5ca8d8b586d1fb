package dev.sluice.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WeatherTest {

    private final Weather weather =
            new Weather(true, Duration.ofMillis(20), Duration.ofMillis(10), 0.1, Duration.ofMillis(200), 1_000);

    @Test
    void takesItsDelayAndAPartOfTheJitter() {
        assertThat(weather.lateNanos(0.5, 0.5))
                .isEqualTo(Duration.ofMillis(20 + 5).toNanos());
    }

    @Test
    void whatIsLostComesLater() {
        assertThat(weather.lateNanos(0, 0.09))
                .isEqualTo(Duration.ofMillis(20 + 200).toNanos());
        assertThat(weather.lateNanos(0, 0.1)).isEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void manyBytesTakeTimeToSend() {
        assertThat(weather.sendingNanos(5)).isEqualTo(Duration.ofMillis(5).toNanos());
    }

    @Test
    void fineWeatherTakesNoTime() {
        assertThat(Weather.FINE.lateNanos(1, 0)).isZero();
        assertThat(Weather.FINE.sendingNanos(1 << 16)).isZero();
    }
}
