package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.process.NamedProcess;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What processes have resident, right after they were driven.
 *
 * @param mebibytes by process
 */
record Memory(Map<String, Double> mebibytes) {

    /** One frontend, one router and two hosts: 1.5 GB. */
    private static final double MOST = 1_536;

    static Memory of(List<NamedProcess> processes) {
        Map<String, Double> mebibytes = new LinkedHashMap<>();
        processes.forEach(process ->
                process.residentBytes().ifPresent(bytes -> mebibytes.put(process.name(), bytes / (double) (1 << 20))));
        return new Memory(mebibytes);
    }

    double total() {
        return mebibytes.values().stream().mapToDouble(each -> each).sum();
    }

    boolean known() {
        return !mebibytes.isEmpty();
    }

    Bar bar() {
        return Bar.atMost("resident memory of the tiers, MiB", total(), MOST);
    }

    Map<String, Object> row() {
        return Map.of("resident_mib", mebibytes, "resident_mib_total", total());
    }

    @Override
    public String toString() {
        return "resident: "
                + mebibytes.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + Table.count(entry.getValue()))
                        .collect(Collectors.joining(", "))
                + ": together " + Table.count(total()) + " MiB";
    }
}
