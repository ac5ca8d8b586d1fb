package dev.sluice.benchmarks.overload;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the {@code overload} bench presents its levels, and what it asks of the deadline scheduler. */
final class OverloadReport {

    static final String DEADLINE = "deadline";

    static final String AIMS = "aim: 0.97 of the upper bound at 1.2, 2 and 5 times what the replicas can do";

    private static final double OVERLOADED = 1.1;
    private static final double GOODPUT_FLOOR = 0.9;
    private static final double REFUSAL_CEILING_MILLIS = 15;
    private static final double LATE_CEILING = 0.01;
    private static final Map<Double, Double> ATTAINMENT_FLOORS = Map.of(0.8, 0.995, 0.9, 0.97);

    private OverloadReport() {}

    static String table(List<Level> levels) {
        Table table = new Table(
                "scenario",
                "side",
                "load",
                "offered/s",
                "good/s",
                "of bound %",
                "attained %",
                "by class %",
                "refused %",
                "p50 ms",
                "p99 ms",
                "late %",
                "failed %");
        for (Level level : levels) {
            table.row(
                    level.scenario(),
                    level.side(),
                    Table.decimals(level.load(), 1) + "x",
                    Table.count(level.offeredPerSecond()),
                    Table.decimals(level.goodput(), 1),
                    percent(level.ofUpperBound()),
                    percent(level.attainment()),
                    level.attainmentByClass().stream()
                            .map(OverloadReport::percent)
                            .collect(Collectors.joining(" / ")),
                    percent(level.refused()),
                    Table.decimals(level.refusalMillis(50), 1),
                    Table.decimals(level.refusalMillis(99), 1),
                    Table.decimals(100 * level.late(), 2),
                    Table.decimals(100 * level.failed(), 2));
        }
        return table.toString();
    }

    static List<Map<String, Object>> rows(List<Level> levels) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Level level : levels) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("scenario", level.scenario());
            row.put("side", level.side());
            row.put("load", level.load());
            row.put("offered_per_second", level.offeredPerSecond());
            row.put("goodput_per_second", level.goodput());
            row.put("upper_bound_per_second", level.upperBound());
            row.put("of_upper_bound", level.ofUpperBound());
            row.put("attainment", level.attainment());
            row.put("attainment_by_class", level.attainmentByClass());
            row.put("refused", level.refused());
            row.put("refusal_p50_ms", level.refusalMillis(50));
            row.put("refusal_p99_ms", level.refusalMillis(99));
            row.put("late", level.late());
            row.put("failed", level.failed());
            rows.add(row);
        }
        return rows;
    }

    static List<Bar> bars(List<Level> levels) {
        List<Bar> bars = new ArrayList<>();
        for (Level level : levels) {
            if (level.side().equals(DEADLINE)) {
                String where = ", " + level.scenario() + " at " + Table.decimals(level.load(), 1) + "x";
                if (level.load() > OVERLOADED) {
                    bars.add(Bar.atLeast("goodput of the upper bound" + where, level.ofUpperBound(), GOODPUT_FLOOR));
                    bars.add(
                            Bar.atMost("p99 of refusals, ms" + where, level.refusalMillis(99), REFUSAL_CEILING_MILLIS));
                }
                Double floor = ATTAINMENT_FLOORS.get(level.load());
                if (floor != null) {
                    bars.add(Bar.atLeast("attainment" + where, level.attainment(), floor));
                }
                bars.add(Bar.atMost("late, share of offered" + where, level.late(), LATE_CEILING));
                bars.add(Bar.atMost("failed, share of offered" + where, level.failed(), 0));
            }
        }
        return bars;
    }

    private static String percent(double share) {
        return Table.decimals(100 * share, 1);
    }
}
