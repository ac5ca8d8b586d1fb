package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.load.Arrivals;
import dev.sluice.benchmarks.load.Faults;
import dev.sluice.benchmarks.load.LoadGenerator;
import dev.sluice.benchmarks.load.LoadPlan;
import dev.sluice.benchmarks.load.LoadResult;
import dev.sluice.benchmarks.process.CpuClock;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Drives sides, and lets nothing pass that was answered wrongly. Not thread-safe. */
final class Drive {

    private final LoadGenerator generator = new LoadGenerator();
    private final Map<String, Double> coresUsed = new LinkedHashMap<>();
    private long checked;

    /** @throws IOException at the first run with a wrong, lost or missing reply: rates that count those mean nothing */
    LoadResult run(Side side, LoadPlan plan) throws IOException {
        CpuClock clock = new CpuClock(side.processes());
        LoadResult result = generator.run(side.exchange(), plan, Arrivals.closedLoop());
        coresUsed.putAll(clock.coresUsed());
        checked += result.checked();
        Faults faults = result.faults();
        if (!faults.none()) {
            throw new IOException("%s, %d connections: %d of %d requests went wrong. The first: %s"
                    .formatted(
                            side.name(),
                            plan.connections(),
                            faults.total(),
                            faults.total() + result.checked(),
                            faults.first()));
        }
        return result;
    }

    /** Right replies so far, over all runs. */
    long checked() {
        return checked;
    }

    /** Cores that each process used in the last run of its side, by name. */
    Map<String, Double> coresUsed() {
        return Map.copyOf(coresUsed);
    }
}
