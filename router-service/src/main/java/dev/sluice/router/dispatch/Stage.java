package dev.sluice.router.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Where a router is in its life, as far as new queries are concerned. Thread-safe. */
final class Stage {

    /** In which peers that were told of the drain turn elsewhere; what crosses with that is still taken. */
    private static final long NOTICE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final LongSupplier clock;
    private volatile boolean draining;
    private volatile long drainingSinceNanos;

    Stage(LongSupplier clock) {
        this.clock = clock;
    }

    void drain() {
        drainingSinceNanos = clock.getAsLong();
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    boolean takesQueries() {
        return !draining || clock.getAsLong() - drainingSinceNanos < NOTICE_NANOS;
    }
}
