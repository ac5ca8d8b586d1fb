package dev.sluice.frontend.gateway;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time that calls go by: this process's monotonic clock, and timers that run by it.
 *
 * @param timers call back on a thread of their own
 * @param nanoTime in nanoseconds, only good for differences
 */
record GatewayClock(Timer timers, LongSupplier nanoTime) {

    static GatewayClock system(Timer timers) {
        return new GatewayClock(timers, System::nanoTime);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    Timeout after(long nanos, Runnable action) {
        return timers.newTimeout(ignored -> action.run(), nanos, TimeUnit.NANOSECONDS);
    }
}
