package dev.sluice.router.dispatch;

import dev.sluice.scheduling.Fleet;
import dev.sluice.scheduling.TrackedReplica;

/** What the end of a batch teaches, and of which ends nothing can be learnt. Shard only. */
final class BatchEnds {

    private final Fleet fleet;
    private final DispatchMetrics metrics;
    private final VersionTally tally;

    BatchEnds(Fleet fleet, DispatchMetrics metrics, VersionTally tally) {
        this.fleet = fleet;
        this.metrics = metrics;
        this.tally = tally;
    }

    /**
     * @param streams whether its method streams: then its callers waited for the first item, not for the end
     * @param runNanos how long it ran, as its host says
     */
    void ended(RunningBatch batch, boolean streams, long runNanos, long now) {
        if (batch.wasLent()) {
            endedLater(batch, runNanos);
            return;
        }
        batch.replica().measured(batch, runNanos, now);
        TrackedReplica tracked = batch.replica().tracked();
        int ran = batch.ran();
        long predicted = 0;
        if (batch.wasCutShort() && !streams) {
            // All that is known is that it takes no less: enough to notice an actor that has become too slow for all.
            fleet.cutShort(tracked, batch.method(), ran, now);
        } else if (batch.failedWhole()) {
            // How long that took says nothing of batches that do their work; often that is quickly done.
            fleet.failed(tracked, now);
        } else if (streams && batch.answeredSome()) {
            // Nobody waited for the end, so how long that took says nothing.
            fleet.served(tracked, now);
        } else if (ran == 0 || streams) {
            // All had expired when the replica came to them, or their callers left before there was an item.
            fleet.stopped(tracked, now);
        } else {
            fleet.ended(tracked, batch.method(), ran, now);
            predicted = batch.predictedNanos();
        }
        if (batch.ranWhole() && !streams) {
            // A version may stream more than another, and take longer for that.
            tally.ran(batch.method(), batch.rows(), runNanos);
        }
        metrics.batchDone(batch.method(), runNanos, predicted, batch.replica().wayNanos());
    }

    /** Its replica goes on. That is the time that the next ones wait for, whatever else passes until its queries are answered. */
    void lent(RunningBatch batch, long now) {
        fleet.ended(batch.replica().tracked(), batch.method(), batch.queries().size(), now);
    }

    /** Its replica has gone on long ago; that its queries failed, most likely those are to blame for that it asked. */
    private void endedLater(RunningBatch batch, long runNanos) {
        if (batch.ranWhole()) {
            tally.ran(batch.method(), batch.rows(), runNanos);
        }
        metrics.batchDone(batch.method(), runNanos, 0, batch.replica().wayNanos());
    }
}
