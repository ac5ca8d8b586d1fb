package dev.sluice.benchmarks.process;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much CPU several processes use from the moment of its making on. Not thread-safe. */
public final class CpuClock {

    private final Map<NamedProcess, Duration> startedAt = new LinkedHashMap<>();
    private final long wallStart = System.nanoTime();

    public CpuClock(List<NamedProcess> processes) {
        processes.forEach(process -> startedAt.put(process, process.cpuTime()));
    }

    /** Cores that each process used so far, by name, in the order given. */
    public Map<String, Double> coresUsed() {
        double wall = System.nanoTime() - wallStart;
        Map<String, Double> cores = new LinkedHashMap<>();
        startedAt.forEach((process, before) ->
                cores.put(process.name(), process.cpuTime().minus(before).toNanos() / wall));
        return cores;
    }

    /** CPU time that all of them used so far, together. */
    public Duration used() {
        return startedAt.entrySet().stream()
                .map(entry -> entry.getKey().cpuTime().minus(entry.getValue()))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
