package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.load.Arrivals;
import dev.sluice.benchmarks.load.Faults;
import dev.sluice.benchmarks.load.LoadGenerator;
import dev.sluice.benchmarks.load.LoadPlan;
import dev.sluice.benchmarks.load.LoadResult;
import dev.sluice.benchmarks.process.CpuClock;
import java.io.IOException;

/** Drives sides, and lets nothing pass that was answered wrongly. Not thread-safe. */
final class Drive {

    private final LoadGenerator generator = new LoadGenerator();
    private long checked;

    /** @throws IOException at the first run with a wrong, lost or missing reply: rates that count those mean nothing */
    Driven run(Side side, LoadPlan plan) throws IOException {
        CpuClock clock = new CpuClock(side.processes());
        LoadResult result = generator.run(side.exchange(), plan, Arrivals.closedLoop());
        Driven driven = new Driven(result, clock.used(), clock.coresUsed());
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
        return driven;
    }

    /** Right replies so far, over all runs. */
    long checked() {
        return checked;
    }
}
