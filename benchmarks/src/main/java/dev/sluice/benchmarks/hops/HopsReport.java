package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the {@code hops} bench presents its levels, and what it asks of them. */
final class HopsReport {

    /** Throughput of three tiers, as a share of the echo's. The aim is 0.85. */
    private static final double THROUGHPUT_FLOOR = 0.6;

    /** Median latency on one connection, in multiples of the echo's. The aim is 3. */
    private static final double LATENCY_CEILING = 4;

    /** From here on throughput counts; below, latency does. */
    private static final int MANY_CONNECTIONS = 64;

    static final String AIMS = "aims: throughput ratio 0.85 at 64 and 256 connections, p50 ratio 3 at 1 connection";

    private HopsReport() {}

    static String table(List<Level> levels) {
        Table table = new Table(
                "connections",
                "echo req/s",
                "p50 ms",
                "p99 ms",
                "CPU us/req",
                "tiers req/s",
                "p50 ms",
                "p99 ms",
                "CPU us/req",
                "req/s ratio",
                "p50 ratio");
        for (Level level : levels) {
            Measured echo = level.echo();
            Measured tiers = level.tiers();
            table.row(
                    Integer.toString(level.connections()),
                    Table.count(echo.requestsPerSecond()),
                    Table.decimals(echo.p50Millis(), 3),
                    Table.decimals(echo.p99Millis(), 3),
                    Table.decimals(echo.cpuMicrosPerRequest(), 1),
                    Table.count(tiers.requestsPerSecond()),
                    Table.decimals(tiers.p50Millis(), 3),
                    Table.decimals(tiers.p99Millis(), 3),
                    Table.decimals(tiers.cpuMicrosPerRequest(), 1),
                    Table.decimals(level.throughputRatio(), 2),
                    Table.decimals(level.p50Ratio(), 2));
        }
        return table.toString();
    }

    static List<Map<String, Object>> rows(List<Level> levels) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Level level : levels) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("connections", level.connections());
            side(row, "echo", level.echo());
            side(row, "tiers", level.tiers());
            row.put("ratio", level.throughputRatio());
            row.put("p50_ratio", level.p50Ratio());
            row.put("cores_used", level.coresUsed());
            rows.add(row);
        }
        return rows;
    }

    static List<Bar> bars(List<Level> levels) {
        List<Bar> bars = new ArrayList<>();
        for (Level level : levels) {
            int connections = level.connections();
            if (connections == 1) {
                bars.add(Bar.atMost("p50 ratio at 1 connection", level.p50Ratio(), LATENCY_CEILING));
            } else if (connections >= MANY_CONNECTIONS) {
                bars.add(Bar.atLeast(
                        "ratio at " + connections + " connections", level.throughputRatio(), THROUGHPUT_FLOOR));
            }
        }
        return bars;
    }

    private static void side(Map<String, Object> row, String side, Measured measured) {
        row.put(side + "_requests_per_second", measured.requestsPerSecond());
        row.put(side + "_p50_ms", measured.p50Millis());
        row.put(side + "_p99_ms", measured.p99Millis());
        row.put(side + "_cpu_us_per_request", measured.cpuMicrosPerRequest());
        row.put(side + "_generator_cores", measured.generatorCores());
    }
}
