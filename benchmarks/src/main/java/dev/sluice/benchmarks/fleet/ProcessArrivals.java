package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.load.Arrivals;
import dev.sluice.benchmarks.schedule.ArrivalProcess;

/** The arrivals of a process, in real time. Not thread-safe. */
final class ProcessArrivals implements Arrivals {

    private final ArrivalProcess process;
    private final long start;
    private long next;

    /** @param start {@link System#nanoTime()} of the process's 0 */
    ProcessArrivals(ArrivalProcess process, long start) {
        this.process = process;
        this.start = start;
        draw();
    }

    @Override
    public boolean due(long now) {
        return now - next >= 0;
    }

    @Override
    public long take(long now) {
        long intended = next;
        draw();
        return intended;
    }

    @Override
    public long untilDue(long now) {
        return Math.max(0, next - now);
    }

    private void draw() {
        next = start + (long) process.next();
    }
}
