package dev.sluice.frontend.rpc;

import dev.sluice.common.concurrent.DrainLoop;
import dev.sluice.frontend.drain.FrontendDrain;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * What happens to one call that lasts, on whatever thread, is done here one after the other. A fault in any of it ends the call: its
 * caller would wait for ever, or take what it has for all there is.
 */
public abstract class CallLoop extends DrainLoop {

    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final Disposable.Swap stop = Disposables.swap();

    protected CallLoop(Executor executor) {
        super(executor);
    }

    /** Has this done in the loop. */
    public final void post(Runnable event) {
        events.add(event);
        wake();
    }

    /** Has this done in the loop when the frontend stops, at once if it does so already, unless the call {@link #hasEnded} before. */
    protected final void whenStopping(FrontendDrain drain, Runnable action) {
        stop.update(drain.onDrain(() -> post(action)));
    }

    /** A stop concerns it no longer. */
    protected final void hasEnded() {
        stop.dispose();
    }

    /** In the loop: what was being done was not done to its end. The call is to end, if it has not. */
    protected abstract void fault(Throwable cause);

    @Override
    protected final void drain() {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            try {
                event.run();
            } catch (RuntimeException | Error e) {
                fault(e);
            }
        }
    }
}
