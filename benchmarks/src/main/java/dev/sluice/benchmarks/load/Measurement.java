package dev.sluice.benchmarks.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The clock of a run: lead-in, measured time, end. States: before {@link #start}, lead-in, measured, stopped. Only replies that
 * arrive in the measured time count. Not thread-safe, and reads the CPU time of the thread that calls it.
 */
final class Measurement {

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
    private final long leadInNanos;
    private final long measuredNanos;

    private boolean measuring;
    private boolean stopped;
    private long startedAt;
    private long measuredFrom;
    private long elapsed;
    private long cpuAtStart;
    private long cpu;
    private long checked;

    Measurement(long leadInNanos, long measuredNanos) {
        this.leadInNanos = leadInNanos;
        this.measuredNanos = measuredNanos;
    }

    void start(long now) {
        startedAt = now;
        if (leadInNanos == 0) {
            measure(now);
        }
    }

    /** Moves on to the state that {@code now} asks for; false once the measured time is over. */
    boolean advance(long now) {
        if (!measuring && now - startedAt >= leadInNanos) {
            measure(now);
        }
        return !measuring || now - measuredFrom < measuredNanos;
    }

    void answered(long now, long sentAt) {
        checked++;
        if (measuring && !stopped) {
            latencies.recordValue(Math.max(0, Math.min(now - sentAt, LONGEST_NANOS)));
        }
    }

    void stop(long now) {
        stopped = true;
        if (measuring) {
            elapsed = now - measuredFrom;
            cpu = threads.getCurrentThreadCpuTime() - cpuAtStart;
        }
    }

    LoadResult result(Faults faults) {
        return new LoadResult(latencies.getTotalCount(), checked, faults, elapsed, cpu, latencies);
    }

    private void measure(long now) {
        measuring = true;
        measuredFrom = now;
        cpuAtStart = threads.getCurrentThreadCpuTime();
    }
}
