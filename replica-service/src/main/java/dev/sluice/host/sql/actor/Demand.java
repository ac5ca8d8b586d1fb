package dev.sluice.host.sql.actor;

import java.util.function.BooleanSupplier;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/** How many pieces of a result its caller has room for; whoever makes them waits here. Thread-safe. */
final class Demand implements Subscription {

    /** A run that is stopped tells nobody who waits here. */
    private static final long LOOK_MILLIS = 20;

    private long asked;
    private boolean cancelled;

    @Override
    public synchronized void request(long pieces) {
        asked = Operators.addCap(asked, pieces);
        notifyAll();
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
        notifyAll();
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    /** Waits for room and takes it; false where nobody waits for the result any more. */
    synchronized boolean take(BooleanSupplier stopped) {
        boolean interrupted = false;
        while (asked == 0 && !cancelled && !stopped.getAsBoolean()) {
            try {
                wait(LOOK_MILLIS);
            } catch (InterruptedException e) {
                // Runs are stopped by being given up.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (cancelled || stopped.getAsBoolean()) {
            return false;
        }
        asked = asked == Long.MAX_VALUE ? asked : asked - 1;
        return true;
    }
}
