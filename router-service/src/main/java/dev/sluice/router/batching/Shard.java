package dev.sluice.router.batching;

import java.util.concurrent.Executor;

/** One event loop as the dispatching code sees it: the thread of some actors, its clock and its timer. */
public interface Shard extends Executor {

    /** Nanoseconds of a monotonic clock. */
    long now();

    /** Runs the task on this shard in so many nanoseconds, at the earliest. */
    void schedule(long delayNanos, Runnable task);
}
