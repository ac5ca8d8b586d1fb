package dev.sluice.scheduling;

/** First come, first served. A query that was handed back still has its first place. */
final class ArrivalHeap extends QueryHeap {

    @Override
    boolean before(Queued one, Queued other) {
        return one.sequence < other.sequence;
    }

    @Override
    int slot(Queued query) {
        return query.arrivalSlot;
    }

    @Override
    void slot(Queued query, int slot) {
        query.arrivalSlot = slot;
    }
}
