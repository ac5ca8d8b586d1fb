package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.Fuzzed.AtDoor;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import dev.sluice.benchmarks.tiers.Vitals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How the {@code fuzz} bench presents what it saw. */
final class FuzzReport {

    /** What a process may hold more at the end than after the first eighth: caches that are still filling. */
    private static final double MOST_HEAP_MIB = 8;

    /** Two chunks of the pool. */
    private static final double MOST_DIRECT_MIB = 8;

    private static final double MOST_THREADS = 4;
    private static final double MOST_FILES = 8;

    /** Who never comes as far as the code that is meant finds nothing. */
    private static final double LEAST_REACHED = 0.8;

    private static final int MOST_SHOWN = 3;

    private FuzzReport() {}

    static Table doors(Fuzzed fuzzed) {
        Table table = new Table(
                "door", "inputs", "answered", "refused", "turned away", "wrong", "queries not served", "inputs/s");
        for (AtDoor door : fuzzed.doors()) {
            table.row(
                    door.name(),
                    Table.count(door.inputs()),
                    Table.count(door.answered()),
                    Table.count(door.refused()),
                    Table.count(door.turnedAway()),
                    Table.count(door.wrong()),
                    Table.count(door.unserved()),
                    Table.count(door.inputs() / door.seconds()));
        }
        return table;
    }

    static Table held(Fuzzed fuzzed) {
        Table held = new Table("process", "heap MiB", "direct MiB", "threads", "files", "series", "faults", "leaks");
        fuzzed.before().forEach((process, before) -> {
            Vitals after = fuzzed.after().get(process);
            if (after == null) {
                return;
            }
            held.row(
                    process,
                    change(before, after, Vitals::heapMib, 1),
                    change(before, after, Vitals::directMib, 1),
                    change(before, after, Vitals::threads, 0),
                    change(before, after, Vitals::files, 0),
                    change(before, after, Vitals::series, 0),
                    Table.count(log(fuzzed, process).faults()),
                    Table.count(log(fuzzed, process).leaks()));
        });
        return held;
    }

    private static LogLook log(Fuzzed fuzzed, String process) {
        return fuzzed.logs().getOrDefault(process, new LogLook(0, 0, List.of()));
    }

    private static String change(Vitals before, Vitals after, ToDoubleFunction<Vitals> of, int digits) {
        return Table.decimals(of.applyAsDouble(before), digits) + " -> "
                + Table.decimals(of.applyAsDouble(after), digits);
    }

    static List<Map<String, Object>> rows(Fuzzed fuzzed) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (AtDoor door : fuzzed.doors()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("door", door.name());
            row.put("inputs", door.inputs());
            row.put("answered", door.answered());
            row.put("refused", door.refused());
            row.put("turned_away", door.turnedAway());
            row.put("wrong", door.wrong());
            row.put("first_wrong", door.words());
            row.put("queries_not_served", door.unserved());
            row.put("seconds", door.seconds());
            rows.add(row);
        }
        return rows;
    }

    static List<Bar> bars(Fuzzed fuzzed) {
        List<Bar> bars = new ArrayList<>();
        for (AtDoor door : fuzzed.doors()) {
            bars.add(Bar.atMost(door.name() + ": inputs without an error or a right result", door.wrong(), 0));
            bars.add(Bar.atMost(door.name() + ": valid queries beside it that were not served", door.unserved(), 0));
        }
        fuzzed.doors()
                .forEach(door ->
                        bars.add(Bar.atLeast(door.name() + ": share that reached it", door.reached(), LEAST_REACHED)));
        bars.add(Bar.atMost("processes that ended", fuzzed.ended().size(), 0));
        bars.add(Bar.atMost("processes that do not tell what they hold", silent(fuzzed), 0));
        fuzzed.before().forEach((process, before) -> {
            Vitals after = fuzzed.after().get(process);
            if (after != null) {
                bars.add(rise(process, "heap MiB", before, after, Vitals::heapMib, MOST_HEAP_MIB));
                bars.add(rise(process, "direct MiB", before, after, Vitals::directMib, MOST_DIRECT_MIB));
                bars.add(rise(process, "threads", before, after, Vitals::threads, MOST_THREADS));
                bars.add(rise(process, "files", before, after, Vitals::files, MOST_FILES));
            }
        });
        fuzzed.logs().forEach((process, log) -> {
            bars.add(Bar.atMost(process + ": errors and exceptions in its log", log.faults(), 0));
            bars.add(Bar.atMost(process + ": buffers that were lost", log.leaks(), 0));
        });
        bars.add(Bar.atMost(
                "queries on the ledger without exactly one outcome",
                fuzzed.ledger().unaccounted(),
                0));
        bars.add(Bar.atMost(
                "answers that callers and the ledger count differently",
                Math.abs(fuzzed.ledger().answered() - fuzzed.seen()),
                0));
        return bars;
    }

    private static long silent(Fuzzed fuzzed) {
        return fuzzed.logs().keySet().stream()
                .filter(process ->
                        !fuzzed.before().containsKey(process) || !fuzzed.after().containsKey(process))
                .count();
    }

    private static Bar rise(
            String process, String what, Vitals before, Vitals after, ToDoubleFunction<Vitals> of, double most) {
        return Bar.atMost(
                process + ": " + what + " more than after the first eighth",
                of.applyAsDouble(after) - of.applyAsDouble(before),
                most);
    }

    static List<String> notes(long seed, Fuzzed fuzzed) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "seed %d; a valid query after every 100 inputs; memory after a full collection; Netty follows every buffer"
                        .formatted(seed));
        fuzzed.ended().forEach(process -> notes.add(process + " ended, and the run with it"));
        for (AtDoor door : fuzzed.doors()) {
            door.words().stream().limit(MOST_SHOWN).forEach(words -> notes.add(door.name() + ", wrong: " + words));
        }
        fuzzed.logs().forEach((process, log) -> log.first().forEach(line -> notes.add(process + " logged: " + line)));
        return notes;
    }
}
