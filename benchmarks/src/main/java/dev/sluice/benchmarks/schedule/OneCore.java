package dev.sluice.benchmarks.schedule;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The time that this thread had a core for itself: what others do on the machine does not count. */
final class OneCore {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private OneCore() {}

    static long nanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
