package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.load.DrawnArrivals;
import dev.sluice.benchmarks.schedule.ArrivalProcess;

/** The arrivals of a process, in real time. Not thread-safe. */
final class ProcessArrivals extends DrawnArrivals {

    private final ArrivalProcess process;
    private final long start;

    /** @param start {@link System#nanoTime()} of the process's 0 */
    ProcessArrivals(ArrivalProcess process, long start) {
        super(start + (long) process.next());
        this.process = process;
        this.start = start;
    }

    @Override
    protected long after(long last) {
        return start + (long) process.next();
    }
}
