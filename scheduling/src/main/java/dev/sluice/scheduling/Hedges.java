package dev.sluice.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * Which running batches are worth running once more: those that take longer than 95 in 100 of their size, as long as all
 * of that is a small part of the work. Each batch that is sent earns a fraction of its expected time, each that is sent
 * once more uses up all of its own. Not thread-safe.
 */
final class Hedges {

    /** So many batches of the size last sent may be saved up: a quiet day pays for no storm. */
    private static final double MOST_SAVED = 4;

    private final BusyReplicas busy;
    private double share;
    private double savedNanos;
    private long count;

    Hedges(BusyReplicas busy) {
        this.busy = busy;
    }

    /** @param most the part of the work that may be added; 0 hedges nothing */
    void share(double most) {
        share = most;
    }

    boolean isOn() {
        return share > 0;
    }

    long count() {
        return count;
    }

    void sent(double batchNanos) {
        savedNanos = Math.max(savedNanos, Math.min(MOST_SAVED * batchNanos, savedNanos + share * batchNanos));
    }

    void hedged(double batchNanos) {
        savedNanos -= batchNanos;
        count++;
    }

    /** The replica whose batch has been late for longest; null where none is, or where hedging it would be too much. */
    @Nullable TrackedReplica late(long now) {
        TrackedReplica latest = null;
        long longest = -1;
        for (int i = 0; i < busy.count(); i++) {
            TrackedReplica replica = busy.get(i);
            long late = now - replica.startedAt - replica.lateAfter;
            if (watched(replica) && late >= 0 && late > longest) {
                latest = replica;
                longest = late;
            }
        }
        return latest;
    }

    /** In what time the next batch will be late; {@link Long#MAX_VALUE} where none is watched. */
    long nextLate(long now) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < busy.count(); i++) {
            TrackedReplica replica = busy.get(i);
            if (watched(replica)) {
                next = Math.min(next, Math.max(1, replica.startedAt + replica.lateAfter - now));
            }
        }
        return next;
    }

    private boolean watched(TrackedReplica replica) {
        return replica.running > 0
                && !replica.hedged
                && replica.lateAfter != Long.MAX_VALUE
                && savedNanos >= replica.expectedNanos;
    }
}
