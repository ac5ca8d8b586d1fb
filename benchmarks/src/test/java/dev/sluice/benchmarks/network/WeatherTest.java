package dev.sluice.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WeatherTest {

    private final Weather weather =
            new Weather(true, Duration.ofMillis(20), Duration.ofMillis(10), 0.1, Duration.ofMillis(200), 1_000);

    @Test
    void takesItsDelayAndAPartOfTheJitterAndTheTimeToSend() {
        assertThat(weather.nanos(5, 0.5, 0.5))
                .isEqualTo(Duration.ofMillis(20 + 5 + 5).toNanos());
    }

    @Test
    void whatIsLostComesLater() {
        assertThat(weather.nanos(5, 0, 0.09))
                .isEqualTo(Duration.ofMillis(20 + 5 + 200).toNanos());
        assertThat(weather.nanos(5, 0, 0.1)).isEqualTo(Duration.ofMillis(20 + 5).toNanos());
    }

    @Test
    void fineWeatherTakesNoTime() {
        assertThat(Weather.FINE.nanos(1 << 16, 1, 0)).isZero();
    }
}
