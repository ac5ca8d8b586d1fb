package dev.sluice.router.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.SettingRefused;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class RouterPropertiesTest {

    private static RouterProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("sluice.router", RouterProperties.class);
    }

    @Test
    void hasDefaultsThatWorkOnALaptop() {
        assertThat(bind(Map.of()))
                .isEqualTo(new RouterProperties(
                        100_000, null, null, 3, Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(2)));
    }

    @Test
    void readsEveryKey() {
        assertThat(bind(Map.of(
                        "sluice.router.max-queue-size", "7",
                        "sluice.router.max-queue-bytes", "8KB",
                        "sluice.router.max-retained", "9MB",
                        "sluice.router.most-starts", "1",
                        "sluice.router.hold", "0s",
                        "sluice.router.drain-timeout", "250ms",
                        "sluice.router.idle-timeout", "3m")))
                .isEqualTo(new RouterProperties(
                        7,
                        DataSize.ofKilobytes(8),
                        DataSize.ofMegabytes(9),
                        1,
                        Duration.ZERO,
                        Duration.ofMillis(250),
                        Duration.ofMinutes(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "max-queue-size, 0",
        "max-queue-bytes, 0B",
        "max-retained, -1B",
        "most-starts, 0",
        "hold, -1s",
        "drain-timeout, -1ms",
        "idle-timeout, 0s"
    })
    void refusesAWrongValueWithASentence(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of("sluice.router." + key, value)))
                .rootCause()
                .asInstanceOf(InstanceOfAssertFactories.type(SettingRefused.class))
                .satisfies(refused -> {
                    assertThat(refused.getMessage())
                            .startsWith("sluice.router." + key)
                            .endsWith(".");
                    assertThat(refused.action()).endsWith(".");
                });
    }

    @Test
    void holdsWhatTheMemoryOfTheJvmAllows() {
        RouterProperties properties = bind(Map.of());
        assertThat(properties.retainedBytes(new JvmMemory(400, 1000))).isEqualTo(300);
        assertThat(properties.retainedBytes(new JvmMemory(400, 500))).isEqualTo(250);
        assertThat(properties.queueBytes(new JvmMemory(400, 1000))).isEqualTo(300);
        assertThat(JvmMemory.ofThisProcess().forQueries()).isPositive();
    }

    @Test
    void holdsWhatTheSettingsSay() {
        RouterProperties properties =
                bind(Map.of("sluice.router.max-retained", "400B", "sluice.router.max-queue-bytes", "100B"));
        assertThat(properties.retainedBytes(new JvmMemory(400, 400))).isEqualTo(400);
        assertThat(properties.queueBytes(new JvmMemory(400, 400))).isEqualTo(100);
    }

    @Test
    void refusesToHoldMoreThanThereIsMemoryFor() {
        RouterProperties properties = bind(Map.of("sluice.router.max-retained", "401B"));
        assertThatThrownBy(() -> properties.retainedBytes(new JvmMemory(400, 10_000)))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("401 bytes")
                .hasMessageContaining("400 bytes of direct memory");
    }

    @Test
    void refusesAQueueThatMayHoldMoreThanAllQueriesTogether() {
        RouterProperties properties = bind(Map.of("sluice.router.max-queue-bytes", "301B"));
        assertThatThrownBy(() -> properties.queueBytes(new JvmMemory(400, 1000)))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("301 bytes")
                .hasMessageContaining("300");
    }

    @Test
    void refusesADrainThatTheStopWouldCutOff() {
        RouterProperties properties = bind(Map.of("sluice.router.drain-timeout", "20s"));
        assertThatThrownBy(() -> properties.fitsInto(Duration.ofSeconds(20)))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("20000 ms")
                .hasMessageContaining("spring.lifecycle.timeout-per-shutdown-phase");
        properties.fitsInto(Duration.ofSeconds(21));
    }
}
