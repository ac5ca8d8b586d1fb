package dev.sluice.router.batching;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A shard on a Netty event loop, the same ones that read and write links. */
public final class EventLoopShard implements Shard {

    private final EventExecutor loop;

    public EventLoopShard(EventExecutor loop) {
        this.loop = loop;
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public void schedule(long delayNanos, Runnable task) {
        if (!loop.isShuttingDown()) {
            loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** After the loop was shut down, at the end of the process, tasks run where they are handed in. */
    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }
}
