package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.load.LoadResult;
import java.time.Duration;
import java.util.Map;

/**
 * One drive of one side.
 *
 * @param load what the generator measured
 * @param cpu time that the side's processes used for it, lead-in included; zero where the processes are not known
 * @param coresUsed by each of them, by name
 */
record Driven(LoadResult load, Duration cpu, Map<String, Double> coresUsed) {

    double requestsPerSecond() {
        return load.requestsPerSecond();
    }

    double p50Millis() {
        return load.latencyMillis(50);
    }

    /** CPU time of all the side's processes per request, in microseconds: what others on the machine disturb least. */
    double cpuMicrosPerRequest() {
        return load.checked() == 0 ? 0 : cpu.toNanos() / 1e3 / load.checked();
    }
}
