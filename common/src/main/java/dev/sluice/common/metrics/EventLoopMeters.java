package dev.sluice.common.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * Whether the event loops keep up: tasks that wait in each, and {@code sluice.loop.delay}, by how much a task that is due is
 * late. All traffic of a process goes through few loops, so what delays one delays all.
 */
public final class EventLoopMeters implements MeterBinder, AutoCloseable {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Duration[] BUCKETS = LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final List<EventExecutor> loops;
    private final LongSupplier clock;
    private volatile boolean closed;

    public EventLoopMeters(Iterable<EventExecutor> loops) {
        this(loops, System::nanoTime);
    }

    /** @param clock monotonic, in nanoseconds */
    EventLoopMeters(Iterable<EventExecutor> loops, LongSupplier clock) {
        this.loops = new ArrayList<>();
        loops.forEach(this.loops::add);
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        new NettyEventExecutorMetrics(loops).bindTo(meters);
        Timer delay = Timer.builder("sluice.loop.delay")
                .description("By how much a task of an event loop is late")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
        loops.forEach(loop -> tick(loop, delay));
    }

    private void tick(EventExecutor loop, Timer delay) {
        if (closed || loop.isShuttingDown()) {
            return;
        }
        long due = clock.getAsLong() + EVERY_NANOS;
        loop.schedule(
                () -> {
                    delay.record(Math.max(0, clock.getAsLong() - due), TimeUnit.NANOSECONDS);
                    tick(loop, delay);
                },
                EVERY_NANOS,
                TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed = true;
    }
}
