package dev.sluice.router.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.scheduling.BatchRule;
import dev.sluice.scheduling.DeadlineSettings;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SchedulingPropertiesTest {

    private static final String PREFIX = "sluice.router.scheduling.";

    private static SchedulingProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("sluice.router.scheduling", SchedulingProperties.class);
    }

    @Test
    void hasTheSchedulersOwnDefaults() {
        assertThat(bind(Map.of()).settings()).isEqualTo(DeadlineSettings.DEFAULT);
    }

    @Test
    void readsEveryKey() {
        assertThat(bind(Map.of(
                                PREFIX + "deferral", "true",
                                PREFIX + "hedging", "true",
                                PREFIX + "hedge-share", "0.1",
                                PREFIX + "tenant-weights.acme", "2",
                                PREFIX + "priority-weight", "1",
                                PREFIX + "most-tenants", "8"))
                        .settings())
                .isEqualTo(new DeadlineSettings(BatchRule.CLIMB, true, true, 0.1, Map.of("acme", 2.0), 1, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "hedge-share, 1.01",
        "hedge-share, -1",
        "hedge-share, NaN",
        "tenant-weights.acme, 0",
        "priority-weight, 0.9",
        "priority-weight, 1001",
        "most-tenants, 0"
    })
    void refusesAWrongValueWithASentence(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of(PREFIX + key, value)))
                .rootCause()
                .asInstanceOf(InstanceOfAssertFactories.type(SettingRefused.class))
                .satisfies(refused -> {
                    assertThat(refused.getMessage()).startsWith(PREFIX + key).endsWith(".");
                    assertThat(refused.action()).endsWith(".");
                });
    }
}
