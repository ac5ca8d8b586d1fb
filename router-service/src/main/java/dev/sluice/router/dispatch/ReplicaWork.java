package dev.sluice.router.dispatch;

import java.util.concurrent.atomic.LongAdder;

/** What one replica did for this router since it came, and what it does now. Written on the shard, read by any thread. */
final class ReplicaWork {

    private final LongAdder batches = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile int running;

    /**
     * @param running queries that are with it now
     * @param batches that it ended
     * @param busyNanos that these ran, as its host says
     */
    record Done(int running, long batches, long busyNanos) {}

    void runs(int queries) {
        running = queries;
    }

    void ended(long runNanos) {
        batches.increment();
        nanos.add(runNanos);
    }

    Done soFar() {
        return new Done(running, batches.sum(), nanos.sum());
    }
}
