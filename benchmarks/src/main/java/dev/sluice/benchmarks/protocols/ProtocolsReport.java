package dev.sluice.benchmarks.protocols;

import dev.sluice.benchmarks.protocols.noop.NoopRun.Level;
import dev.sluice.benchmarks.protocols.rows.RowsRun.Compared;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came out, for people and for programs. */
record ProtocolsReport(List<Level> levels, List<Compared> compared) {

    /** Of the rows per second of a bare server. */
    private static final double LEAST_OF_BARE = 0.5;

    static final List<String> NOTES = List.of(
            "the actor noop: p50 with one query under way, requests/s with 64; medians of rounds that take turns, after one that warms"
                    + " up. HTTP has a connection for each query under way, the others one in all",
            "clients share the machine. Those of HTTP and gRPC send bytes that were made before; Flight's, ZeroMQ's and WebSocket's"
                    + " are their libraries (Arrow's flight-core, JeroMQ, Reactor Netty)",
            "rows: 1,000,000 of 28 bytes in batches of 16,384, one client of flight-core for both sides. The bare server is"
                    + " flight-core's with nothing behind it: DoExchange gives back what comes, DoGet what is in memory."
                    + " The tiers' DoExchange asks the actor echo, their DoGet a SQL actor whose rows DuckDB makes");

    String tables() {
        Table rows = new Table("call", "bare rows/s", "tiers rows/s", "ratio");
        for (Compared call : compared) {
            rows.row(call.call(), Table.count(call.bare()), Table.count(call.tiers()), Table.decimals(call.ratio(), 2));
        }
        if (levels.isEmpty()) {
            return rows.toString();
        }
        Table protocols = new Table("protocol", "p50 ms", "requests/s", "of native HTTP");
        for (Level level : levels) {
            protocols.row(
                    level.protocol(),
                    Table.decimals(level.p50Millis(), 3),
                    Table.count(level.requestsPerSecond()),
                    Table.decimals(ofNative(level), 2));
        }
        return protocols + System.lineSeparator() + rows;
    }

    List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Level level : levels) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("protocol", level.protocol());
            row.put("p50_ms", level.p50Millis());
            row.put("requests_per_s", level.requestsPerSecond());
            row.put("of_native", ofNative(level));
            rows.add(row);
        }
        for (Compared call : compared) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("call", call.call());
            row.put("bare_rows_per_s", call.bare());
            row.put("tiers_rows_per_s", call.tiers());
            row.put("ratio", call.ratio());
            rows.add(row);
        }
        return rows;
    }

    List<Bar> bars() {
        return compared.stream()
                .map(call ->
                        Bar.atLeast("rows/s of " + call.call() + ", of a bare server's", call.ratio(), LEAST_OF_BARE))
                .toList();
    }

    private double ofNative(Level level) {
        return level.requestsPerSecond() / levels.get(0).requestsPerSecond();
    }
}
