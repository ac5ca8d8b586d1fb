package dev.sluice.benchmarks.jmh;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs benchmarks on threads like those of an event loop: on others, Netty neither recycles nor caches buffers, and a benchmark
 * would measure that. JMH makes it, by the name of its class.
 */
public final class EventLoopThreads extends ThreadPoolExecutor {

    private static final String EXECUTOR = "jmh.executor";

    public EventLoopThreads(int threads, String prefix) {
        super(
                threads,
                threads,
                0,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(prefix, true));
    }

    /** The options of a forked JVM that make JMH use this. */
    public static String[] jvmArguments() {
        return new String[] {"-D" + EXECUTOR + "=CUSTOM", "-D" + EXECUTOR + ".class=" + EventLoopThreads.class.getName()
        };
    }
}
