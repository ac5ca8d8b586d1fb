package dev.sluice.router.dispatch;

import dev.sluice.router.batching.Shard;

/**
 * That an actor has no replica, and what follows: its queries are held for a while, since a host may be just restarting, and
 * then given up, as are those that come later, until there is a replica. Shard only.
 */
final class Vacancy {

    private final Shard shard;
    private final long holdNanos;
    private final Runnable giveUp;
    private boolean vacant;
    private long spell;
    private boolean held;
    private boolean awaited;
    private boolean over;

    /** @param giveUp called when the hold is over */
    Vacancy(Shard shard, long holdNanos, Runnable giveUp) {
        this.shard = shard;
        this.holdNanos = holdNanos;
        this.giveUp = giveUp;
    }

    /** The last replica is gone, or there has not been one yet. */
    void begins() {
        vacant = true;
        held = true;
        long thisSpell = ++spell;
        shard.schedule(holdNanos, () -> {
            if (vacant && spell == thisSpell) {
                held = false;
                endsUnlessAwaited();
            }
        });
    }

    private void endsUnlessAwaited() {
        if (vacant && !held && !awaited && !over) {
            over = true;
            giveUp.run();
        }
    }

    /** Whether somebody sees to it that a replica comes: then queries wait for it as long as they have time. */
    void await(boolean comes) {
        awaited = comes;
        if (comes) {
            over = false;
        } else {
            endsUnlessAwaited();
        }
    }

    /** There is a replica. */
    void ends() {
        vacant = false;
        over = false;
    }

    /** Whether queries are refused at once. */
    boolean isOver() {
        return over;
    }
}
