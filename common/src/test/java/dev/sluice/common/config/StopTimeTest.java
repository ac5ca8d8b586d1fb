package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopTimeTest {

    private final StopTime stop = new StopTime(Duration.ofSeconds(20));

    @Test
    void refusesWhatTheStopWouldCutOff() {
        assertThatThrownBy(() -> stop.mustHold("sluice.router.drain-timeout", Duration.ofSeconds(20)))
                .isInstanceOf(SettingRefused.class)
                .hasMessage("sluice.router.drain-timeout is 20000 ms, but a stop is cut off after 20000 ms"
                        + " (spring.lifecycle.timeout-per-shutdown-phase).");
        assertThatCode(() -> stop.mustHold("sluice.router.drain-timeout", Duration.ofMillis(19_999)))
                .doesNotThrowAnyException();
    }

    @Test
    void reckonsWithWhatHasToBeDoneAfterwards() {
        assertThatThrownBy(
                        () -> stop.mustHold("sluice.host.drain-timeout", Duration.ofSeconds(15), Duration.ofSeconds(5)))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("15000 ms, after which up to 5000 ms are needed");
        assertThatCode(() -> stop.mustHold("sluice.host.drain-timeout", Duration.ofSeconds(14), Duration.ofSeconds(5)))
                .doesNotThrowAnyException();
    }
}
