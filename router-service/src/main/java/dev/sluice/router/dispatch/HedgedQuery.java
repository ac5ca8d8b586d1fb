package dev.sluice.router.dispatch;

import dev.sluice.common.wire.BatchItem;

/**
 * A query that two batches hold: the one that was late, and its copy on another replica. Whichever brings the first answer
 * ends it. From the moment that a query has one of these, all that hosts say of it is dealt with on the shard, so that the two
 * need no lock. Shard only.
 */
final class HedgedQuery {

    private final Side original;
    private Side copy;
    private boolean settled;

    /** One sending of the query; live while its host may still say something. */
    static final class Side {

        private final RunningBatch batch;
        private final BatchItem item;
        private boolean live = true;

        private Side(RunningBatch batch, BatchItem item) {
            this.batch = batch;
            this.item = item;
        }

        RunningBatch batch() {
            return batch;
        }

        HostLink host() {
            return batch.replica().host();
        }

        BatchItem item() {
            return item;
        }

        /** Takes it out of its host's table; false where its host was quicker, or it is over. */
        boolean take(RoutedQuery query) {
            boolean taken = live && host().take(item.exchange()) == query;
            live = live && !taken;
            return taken;
        }
    }

    HedgedQuery(RunningBatch batch, BatchItem item) {
        this.original = new Side(batch, item);
        this.copy = original;
    }

    void sentTo(RunningBatch batch, BatchItem item) {
        copy = new Side(batch, item);
    }

    /** The side that this exchange belongs to. */
    Side side(HostLink host, long exchange) {
        return original.host() == host && original.item.exchange() == exchange ? original : copy;
    }

    /** The side that is part of this batch. */
    Side side(RunningBatch batch) {
        return original.batch == batch ? original : copy;
    }

    /** A side that was with this host, which is lost. */
    Side lost(HostLink host) {
        return original.live && original.host() == host ? original : copy;
    }

    Side other(Side side) {
        return side == original ? copy : original;
    }

    /** Nothing comes from this side any more. Returns whether the query is to be ended now, since nothing comes from either. */
    boolean over(Side side) {
        side.live = false;
        return !original.live && !copy.live && settle();
    }

    /** Whether the caller of this method is the one who ends the query. */
    boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }
}
