package dev.sluice.router.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.metrics.GaugeTable.Row;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class GaugeTableTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final GaugeTable table = new GaugeTable(MultiGauge.builder("sluice.some"), meters);

    private static Row row(String actor, double value) {
        return new Row(Tags.of("actor", actor), value);
    }

    private Gauge gauge(String actor) {
        return meters.get("sluice.some").tags("actor", actor).gauge();
    }

    @Test
    void keepsTheMeterOfARowThatIsThereStillSoThatNoScrapeFindsItTwice() {
        table.show(List.of(row("vadder", 1), row("model", 2)));
        Gauge before = gauge("vadder");
        table.show(List.of(row("vadder", 3)));
        assertThat(gauge("vadder")).isSameAs(before);
        assertThat(before.value()).isEqualTo(3);
    }

    @Test
    void dropsRowsThatAreGoneAndTakesThemBack() {
        table.show(List.of(row("vadder", 1), row("model", 2)));
        table.show(List.of(row("vadder", 1)));
        assertThat(meters.find("sluice.some").gauges()).hasSize(1);
        table.show(List.of(row("vadder", 1), row("model", 5)));
        assertThat(gauge("model").value()).isEqualTo(5);
    }
}
