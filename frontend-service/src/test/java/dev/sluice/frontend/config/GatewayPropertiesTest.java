package dev.sluice.frontend.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class GatewayPropertiesTest {

    @ParameterizedTest
    @CsvSource({"PT3S, , PT5S", "PT57S, , PT59S", "PT1H, , PT1M", "PT3S, PT0S, PT0S", "PT1H, PT20S, PT20S"})
    void waitsForTheCatalogueForALeaseAndSomeWayButNeverForLong(
            Duration lease, @Nullable Duration set, Duration waits) {
        assertThat(new GatewayProperties(DataSize.ofMegabytes(1), set).catalogueWait(lease))
                .isEqualTo(waits);
    }
}
