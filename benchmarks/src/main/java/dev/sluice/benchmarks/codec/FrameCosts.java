package dev.sluice.benchmarks.codec;

import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a kind of frame costs, by operation, and what it may. */
record FrameCosts(FrameKind kind, Map<Operation, Cost> costs) {

    /** JMH's own bookkeeping shows as fractions of a byte; the smallest object has 16. */
    private static final double NOTHING = 0.5;

    /** Garbage of an operation beyond what its holder has to be: of the payload for decoding, of the bytes for queueing. */
    double bytesBeyondHolder(Operation operation) {
        return switch (operation) {
            case DECODE -> bytes(operation) - bytes(Operation.HOLD);
            case QUEUE -> bytes(operation) - bytes(Operation.WRITE);
            default -> bytes(operation);
        };
    }

    List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        for (Operation operation : List.of(Operation.ENCODE, Operation.DECODE, Operation.QUEUE)) {
            bars.add(Bar.atMost(
                    "B beyond the holder, " + word(operation) + " " + word(kind),
                    bytesBeyondHolder(operation),
                    NOTHING));
        }
        return bars;
    }

    void addTo(Table table) {
        costs.forEach((operation, cost) -> table.row(
                word(operation) + " " + word(kind),
                Table.decimals(cost.nanos(), 1),
                Table.decimals(cost.bytes(), 1),
                operation == Operation.HOLD || operation == Operation.WRITE
                        ? ""
                        : Table.decimals(bytesBeyondHolder(operation), 1)));
    }

    List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        costs.forEach((operation, cost) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("frame", word(kind));
            row.put("operation", word(operation));
            row.put("ns_per_op", cost.nanos());
            row.put("bytes_per_op", cost.bytes());
            rows.add(row);
        });
        return rows;
    }

    private double bytes(Operation operation) {
        Cost cost = costs.get(operation);
        return cost == null ? Double.NaN : cost.bytes();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
