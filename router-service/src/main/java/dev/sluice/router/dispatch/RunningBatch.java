package dev.sluice.router.dispatch;

import java.util.List;

/** A batch that was sent to a replica. Two are the same only if they are one object. Shard only. */
final class RunningBatch {

    private final long number;
    private final Replica replica;
    private final String method;
    private final List<RoutedQuery> queries;
    private final long predictedNanos;
    private boolean cutShort;

    /**
     * @param number its number on the host's link
     * @param queries at least one
     * @param predictedNanos how long it is expected to run; 0 where nothing is known
     */
    RunningBatch(long number, Replica replica, String method, List<RoutedQuery> queries, long predictedNanos) {
        this.number = number;
        this.replica = replica;
        this.method = method;
        this.queries = queries;
        this.predictedNanos = predictedNanos;
    }

    long number() {
        return number;
    }

    Replica replica() {
        return replica;
    }

    String method() {
        return method;
    }

    List<RoutedQuery> queries() {
        return queries;
    }

    long predictedNanos() {
        return predictedNanos;
    }

    /** One of its queries was cancelled, so that its time says nothing about batches of its size. */
    void cutShort() {
        cutShort = true;
    }

    boolean wasCutShort() {
        return cutShort;
    }
}
