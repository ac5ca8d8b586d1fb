package dev.sluice.scheduling;

/**
 * Lets in, now and then, a query of one method that seems hopeless: what is known of batch times may be wrong by now, and
 * only a batch can show it. Often where a replica has nothing to do, once in a while where all are busy with other work; and
 * more and more seldom while the batches show nothing, because their callers gave up before they ended.
 * Not thread-safe.
 */
final class ProbeSlot {

    private static final long EVERY_NANOS = 100_000_000;
    private static final long EVERY_NANOS_WHEN_BUSY = 1_000_000_000;

    /** A record that is no older is not in doubt. */
    private static final long FRESH_NANOS = 1_000_000_000;

    /** Times may have changed by so much since the record grew old, and no more. */
    private static final double MOST_CHANGE = 16;

    private static final int MOST_DOUBLINGS = 6;

    private boolean probed;
    private long probedAt;
    private boolean tried;

    /** Of those let in, how many in a row have shown nothing. */
    private int silent;

    /**
     * Takes the slot, if it is open, if it is the batch times that speak against the query and not those who wait before it,
     * and if it has a chance: its budget is no less than what the luckiest batch took.
     *
     * @param idle whether a replica has nothing to do
     */
    boolean take(MethodTimes times, int rows, long budgetNanos, boolean idle, long now) {
        if (budgetNanos >= times.safe(rows)) {
            return false;
        }
        boolean shown = !tried || times.recordedAt() - probedAt > 0;
        long every = (idle ? EVERY_NANOS : EVERY_NANOS_WHEN_BUSY) << (shown ? 0 : silent);
        if (probed && now - probedAt < every) {
            return false;
        }
        if (!probed && !idle) {
            // The first wait begins with the first who asks.
            probed = true;
            probedAt = now;
            return false;
        }
        boolean fresh = now - times.recordedAt() < FRESH_NANOS;
        if (budgetNanos < times.luckiest(rows) / (fresh ? 1 : MOST_CHANGE)) {
            return false;
        }
        probed = true;
        probedAt = now;
        silent = shown ? 0 : Math.min(silent + 1, MOST_DOUBLINGS);
        tried = true;
        return true;
    }
}
