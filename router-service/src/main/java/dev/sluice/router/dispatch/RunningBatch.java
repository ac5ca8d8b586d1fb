package dev.sluice.router.dispatch;

import dev.sluice.scheduling.Batch;

/** A batch that was sent to a replica. Two are the same only if they are one object. */
final class RunningBatch {

    private final long number;
    private final Replica replica;
    private final Batch batch;
    private final long predictedNanos;

    /**
     * @param number its number on the host's link
     * @param predictedNanos how long it is expected to run; 0 where nothing is known
     */
    RunningBatch(long number, Replica replica, Batch batch, long predictedNanos) {
        this.number = number;
        this.replica = replica;
        this.batch = batch;
        this.predictedNanos = predictedNanos;
    }

    long number() {
        return number;
    }

    Replica replica() {
        return replica;
    }

    Batch batch() {
        return batch;
    }

    long predictedNanos() {
        return predictedNanos;
    }
}
