package dev.sluice.benchmarks.onnx;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the {@code onnx} bench presents what it found, and what it asks of it. */
final class OnnxReport {

    private static final double SHARE_FLOOR = 0.85;
    private static final double GAIN_FLOOR = 5;

    /** From here on computing is what counts; a model is tiny that takes less than the other. */
    private static final double HEAVY_MILLIS = 1;

    private static final double TINY_MILLIS = 0.05;

    private OnnxReport() {}

    static String table(List<Compared> models) {
        Table table = new Table(
                "model", "bare queries/s", "ms/query", "batch", "served queries/s", "of bare", "one by one", "gain");
        for (Compared model : models) {
            table.row(
                    model.model(),
                    Table.decimals(model.bare(), 1),
                    Table.decimals(model.bareMillis(), 3),
                    Integer.toString(model.bareBatch()),
                    Table.decimals(model.served(), 1),
                    Table.decimals(model.share(), 2),
                    Table.decimals(model.alone(), 1),
                    Table.decimals(model.gain(), 2));
        }
        return table.toString();
    }

    static List<Map<String, Object>> rows(List<Compared> models) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Compared model : models) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("model", model.model());
            row.put("bare_queries_per_second", model.bare());
            row.put("bare_batch", model.bareBatch());
            row.put("served_queries_per_second", model.served());
            row.put("share_of_bare", model.share());
            row.put("alone_queries_per_second", model.alone());
            row.put("gain", model.gain());
            rows.add(row);
        }
        return rows;
    }

    static List<Bar> bars(List<Compared> models) {
        List<Bar> bars = new ArrayList<>();
        for (Compared model : models) {
            if (model.bareMillis() >= HEAVY_MILLIS) {
                bars.add(Bar.atLeast("share of bare, " + model.model(), model.share(), SHARE_FLOOR));
            } else if (model.bareMillis() < TINY_MILLIS) {
                bars.add(Bar.atLeast("gain over one by one, " + model.model(), model.gain(), GAIN_FLOOR));
            }
        }
        return bars;
    }

    static List<String> notes(OnnxPlan plan) {
        return List.of(
                "bare: ONNX Runtime in a loop in this process, one thread per core, at its best batch size of "
                        + plan.batches(),
                "served: one host through router and frontend, HTTP with binary tensors on " + plan.connections()
                        + " connections, every reply checked; one by one: likewise, with batching: false",
                "medians of " + plan.rounds()
                        + " rounds in which the sides take turns; a model of at least 1 ms has to reach "
                        + SHARE_FLOOR + " of bare, one below " + TINY_MILLIS + " ms " + GAIN_FLOOR
                        + " times the rate of one by one; others are shown");
    }
}
