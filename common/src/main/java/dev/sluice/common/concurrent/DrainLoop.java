package dev.sluice.common.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where threads meet: any thread leaves work in a queue and calls {@link #wake()}; {@link #drain()} then
 * runs on the executor, never twice at once, until everything that was left before the last wake has been seen.
 *
 * <p>On an event loop this coalesces: all that one round of reads leaves behind is drained by a single task after it.
 */
public abstract class DrainLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(DrainLoop.class);

    private static final int MOST_FAULTS = 10;

    private final AtomicInteger missed = new AtomicInteger();
    private final Executor executor;

    protected DrainLoop(Executor executor) {
        this.executor = executor;
    }

    /**
     * Sees to it that {@link #drain()} runs after this call. Thread-safe, never blocks.
     *
     * @throws RejectedExecutionException where the executor takes no more; the next wake asks it again
     */
    public final void wake() {
        if (missed.getAndIncrement() == 0) {
            try {
                executor.execute(this);
            } catch (RejectedExecutionException e) {
                missed.set(0);
                throw e;
            }
        }
    }

    /** Only for the executor. */
    @Override
    public final void run() {
        int seen = missed.get();
        int faults = 0;
        do {
            if (drained() || ++faults == MOST_FAULTS) {
                faults = 0;
                seen = missed.addAndGet(-seen);
            }
        } while (seen != 0);
    }

    /** A loop that a fault could stop would never be woken again, and all that comes later would wait for ever. */
    private boolean drained() {
        try {
            drain();
            return true;
        } catch (RuntimeException | Error e) {
            log.error(
                    "A fault in {}, which goes on with what comes next.",
                    getClass().getName(),
                    e);
            return false;
        }
    }

    /**
     * Single-threaded by construction. What it throws is logged, and it is called again for what it had not come to; where that
     * is in vain, at the next wake.
     */
    protected abstract void drain();
}
