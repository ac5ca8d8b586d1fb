package dev.sluice.benchmarks.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much CPU several processes use between two moments. Not thread-safe. */
public final class CpuClock {

    private final List<NamedProcess> processes;
    private final Map<String, Long> startedAt = new LinkedHashMap<>();
    private long wallStart;

    public CpuClock(List<NamedProcess> processes) {
        this.processes = List.copyOf(processes);
    }

    public void start() {
        processes.forEach(process ->
                startedAt.put(process.name(), process.cpuTime().toNanos()));
        wallStart = System.nanoTime();
    }

    /** Cores that each process used since {@link #start}, by name, in the order given. */
    public Map<String, Double> coresUsed() {
        double wall = System.nanoTime() - wallStart;
        Map<String, Double> cores = new LinkedHashMap<>();
        for (NamedProcess process : processes) {
            long used = process.cpuTime().toNanos() - startedAt.getOrDefault(process.name(), 0L);
            cores.put(process.name(), used / wall);
        }
        return cores;
    }
}
