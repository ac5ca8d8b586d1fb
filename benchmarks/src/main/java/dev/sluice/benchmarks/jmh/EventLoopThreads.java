package dev.sluice.benchmarks.jmh;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs benchmarks on threads like those of an event loop: on others, Netty neither recycles nor caches buffers, and a benchmark
 * would measure that. JMH makes it, by the name of its class.
 */
public final class EventLoopThreads extends ThreadPoolExecutor {

    /** What makes JMH take this for its threads, in the JVM that runs the benchmark. */
    private static final Map<String, String> SETTINGS =
            Map.of("jmh.executor", "CUSTOM", "jmh.executor.class", EventLoopThreads.class.getName());

    public EventLoopThreads(int threads, String prefix) {
        super(
                threads,
                threads,
                0,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(prefix, true));
    }

    /** The options of a forked JVM that runs benchmarks on these threads. */
    public static String[] jvmArguments() {
        return SETTINGS.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    /** Benchmarks that run in this JVM, without a fork, run on these threads from now on. */
    public static void useHere() {
        SETTINGS.forEach(System::setProperty);
    }
}
