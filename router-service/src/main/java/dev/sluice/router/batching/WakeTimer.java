package dev.sluice.router.batching;

import java.util.ArrayDeque;

/**
 * The wakes that are on their way from a shard's timer, so that none is asked for twice: a wake that comes too early does no
 * harm, and who still has nothing to do then asks again. Shard only.
 */
final class WakeTimer {

    private final Shard shard;
    private final Runnable wake;

    /** Each is earlier than the one below it, since only a wake before all others is ever asked for. */
    private final ArrayDeque<Long> pending = new ArrayDeque<>();

    WakeTimer(Shard shard, Runnable wake) {
        this.shard = shard;
        this.wake = wake;
    }

    /** Sees to it that there is a wake at {@code nanos}, or some before it. */
    void at(long nanos, long now) {
        Long earliest = pending.peek();
        if (earliest == null || nanos - earliest < 0) {
            pending.push(nanos);
            shard.schedule(nanos - now, this::fired);
        }
    }

    private void fired() {
        pending.pop();
        wake.run();
    }
}
