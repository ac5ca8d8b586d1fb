package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.metrics.Retry;
import org.jspecify.annotations.Nullable;

/** What dispatching counts, per actor and method; Micrometer is behind it. Called on hot paths, from several threads. */
public interface DispatchMetrics {

    /**
     * One more attempt at a query ended.
     *
     * @param code why there is no result; null where there is one
     */
    void ended(String method, @Nullable ErrorCode code, long durationNanos);

    /** A query left the queue in a batch. */
    void waited(String method, long nanos);

    void batchSent(String method, int size);

    /**
     * @param predictedNanos of the run; 0 where nothing was predicted
     * @param wayNanos what the way to the host and back usually adds to a run: what is learnt is the sum of both, so for runs
     *     that are short beside the way only the sum can be foretold
     */
    void batchDone(String method, long runNanos, long predictedNanos, long wayNanos);

    /** A batch that was late was sent to another replica as well. */
    void batchHedged(String method);

    /** A query was sent once more, or would have been but for the retry budget. */
    void retried(String method, Retry how);

    /** A copy of a query and the query itself have both ended, or none was made. */
    void compared(String method, Compared how);

    /** The version is gone, for long: what was measured of it is not shown any more. */
    default void forget() {}

    /** What a copy came to beside its query. */
    enum Compared {
        SAME,
        DIFFERENT,
        /** The copy has no answer, and the query has. */
        COPY_FAILED,
        /** The query has no answer, whatever the copy has. */
        QUERY_FAILED,
        /** There was no copy: as many wait already as may. */
        NO_ROOM
    }

    /** Counts nothing. */
    DispatchMetrics NONE = new DispatchMetrics() {
        @Override
        public void ended(String method, @Nullable ErrorCode code, long durationNanos) {}

        @Override
        public void waited(String method, long nanos) {}

        @Override
        public void batchSent(String method, int size) {}

        @Override
        public void batchDone(String method, long runNanos, long predictedNanos, long wayNanos) {}

        @Override
        public void batchHedged(String method) {}

        @Override
        public void retried(String method, Retry how) {}

        @Override
        public void compared(String method, Compared how) {}
    };
}
