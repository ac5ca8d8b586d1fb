package dev.sluice.common.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one place where threads meet: any thread leaves work in a queue and calls {@link #wake()}; {@link #drain()} then
 * runs on the executor, never twice at once, until everything that was left before the last wake has been seen.
 *
 * <p>On an event loop this coalesces: all that one round of reads leaves behind is drained by a single task after it.
 */
public abstract class DrainLoop implements Runnable {

    private final AtomicInteger missed = new AtomicInteger();
    private final Executor executor;

    protected DrainLoop(Executor executor) {
        this.executor = executor;
    }

    /** Sees to it that {@link #drain()} runs after this call. Thread-safe, never blocks. */
    public final void wake() {
        if (missed.getAndIncrement() == 0) {
            executor.execute(this);
        }
    }

    /** Only for the executor. */
    @Override
    public final void run() {
        int seen = missed.get();
        do {
            drain();
            seen = missed.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Single-threaded by construction; must not throw. */
    protected abstract void drain();
}
