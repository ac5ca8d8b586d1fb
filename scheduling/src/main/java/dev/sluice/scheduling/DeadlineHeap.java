package dev.sluice.scheduling;

/** Earliest deadline first; equal deadlines in order of arrival. */
final class DeadlineHeap extends QueryHeap {

    @Override
    boolean before(Queued one, Queued other) {
        return moreUrgent(one, other);
    }

    static boolean moreUrgent(Queued one, Queued other) {
        long difference = one.deadlineNanos() - other.deadlineNanos();
        return difference < 0 || (difference == 0 && one.sequence < other.sequence);
    }

    @Override
    int slot(Queued query) {
        return query.deadlineSlot;
    }

    @Override
    void slot(Queued query, int slot) {
        query.deadlineSlot = slot;
    }
}
