package dev.sluice.router.pipeline.expression;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** For how long a thread has had a processor; where the system does not tell, for how long the clock has run. */
final class WorkTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean TOLD = THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

    private WorkTime() {}

    /** Nanoseconds, of which only differences mean something. */
    static long ofThisThread() {
        return TOLD ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
