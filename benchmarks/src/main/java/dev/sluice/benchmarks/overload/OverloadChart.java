package dev.sluice.benchmarks.overload;

import dev.sluice.benchmarks.report.LineChart;
import dev.sluice.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws the {@code overload} bench: what each side made of each load. */
final class OverloadChart {

    private static final String FILE = "overload-goodput.svg";
    private static final double TOP = 110;

    private OverloadChart() {}

    static void drawInto(List<Level> levels, Path folder) throws IOException {
        String[] loads = levels.stream()
                .map(Level::load)
                .distinct()
                .map(load -> Table.decimals(load, 1) + "x")
                .toArray(String[]::new);
        LineChart chart =
                new LineChart("Goodput over the real tiers, % of the upper bound", "offered load", loads, TOP);
        lines(levels)
                .forEach((name, values) -> chart.line(
                        name, values.stream().mapToDouble(Double::doubleValue).toArray()));
        chart.writeTo(folder.resolve(FILE));
    }

    /** By side and scenario, in percent. */
    static Map<String, List<Double>> lines(List<Level> levels) {
        Map<String, List<Double>> lines = new LinkedHashMap<>();
        for (Level level : levels) {
            lines.computeIfAbsent(level.side() + ", " + level.scenario(), name -> new ArrayList<>())
                    .add(100 * level.ofUpperBound());
        }
        return lines;
    }
}
