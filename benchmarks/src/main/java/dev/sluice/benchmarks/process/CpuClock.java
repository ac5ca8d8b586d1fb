package dev.sluice.benchmarks.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much CPU several processes use from the moment of its making on. Not thread-safe. */
public final class CpuClock {

    private final Map<NamedProcess, Long> startedAt = new LinkedHashMap<>();
    private final long wallStart = System.nanoTime();

    public CpuClock(List<NamedProcess> processes) {
        processes.forEach(process -> startedAt.put(process, process.cpuTime().toNanos()));
    }

    /** Cores that each process used so far, by name, in the order given. */
    public Map<String, Double> coresUsed() {
        double wall = System.nanoTime() - wallStart;
        Map<String, Double> cores = new LinkedHashMap<>();
        startedAt.forEach((process, before) ->
                cores.put(process.name(), (process.cpuTime().toNanos() - before) / wall));
        return cores;
    }
}
