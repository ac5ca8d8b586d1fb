package dev.sluice.router.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A gauge whose rows come and go, each as it was looked up last. A row keeps its meter for as long as it is there: were it put in anew at
 * each look, a scrape at that moment could find it twice, and Prometheus would get an error instead of all metrics. Not thread-safe; may
 * be scraped at any time.
 */
final class GaugeTable {

    private final MultiGauge gauge;
    private final Map<Tags, Cell> cells = new HashMap<>();

    /** One row: what tells it from others, and its value now. */
    record Row(Tags tags, double value) {}

    private static final class Cell {
        private volatile double value;
    }

    GaugeTable(MultiGauge.Builder gauge, MeterRegistry meters) {
        this.gauge = gauge.register(meters);
    }

    /** Rows that are not among these are gone. */
    void show(List<Row> rows) {
        Map<Tags, Cell> before = Map.copyOf(cells);
        cells.clear();
        for (Row row : rows) {
            Cell cell = before.getOrDefault(row.tags(), new Cell());
            cell.value = row.value();
            cells.put(row.tags(), cell);
        }
        gauge.register(
                cells.entrySet().stream()
                        .<MultiGauge.Row<?>>map(
                                each -> MultiGauge.Row.of(each.getKey(), each.getValue(), cell -> cell.value))
                        .toList(),
                false);
    }
}
