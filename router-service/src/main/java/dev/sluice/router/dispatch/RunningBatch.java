package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.trace.OpenSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch that was sent to a replica. Two are the same only if they are one object. Shard only, but where it says otherwise. */
final class RunningBatch {

    private final long number;
    private final Replica replica;
    private final String method;
    private final List<RoutedQuery> queries;
    private final long predictedNanos;
    private long sentNanos;
    private boolean staged;
    private @Nullable OpenSpan span;
    private boolean lent;
    private int cancelled;
    private int answered;
    private int failed;

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

    /** @param behind whether it was staged behind another */
    void sent(long now, boolean behind) {
        sentNanos = now;
        staged = behind;
    }

    /** Once it is sent. */
    void records(@Nullable OpenSpan own) {
        span = own;
    }

    /** It is over. @param code why nothing comes of it; null where its host said what came. Any thread */
    void recorded(@Nullable ErrorCode code) {
        if (span != null) {
            span.end(code);
        }
    }

    long sentNanos() {
        return sentNanos;
    }

    boolean wasStaged() {
        return staged;
    }

    /** Its replica takes others before it has ended. */
    void lend() {
        lent = true;
    }

    boolean wasLent() {
        return lent;
    }

    /** One of its queries was cancelled. The host interrupts user code only once nobody waits for any of them. */
    void cancelledOne() {
        cancelled++;
    }

    /** Once the batch is done: whether it may have been interrupted. */
    boolean wasCutShort() {
        return cancelled >= queries.size();
    }

    /** User code answered one of its queries. On the event loop of the host's link, before the batch is done. */
    void answeredOne() {
        answered++;
    }

    /** User code failed one of its queries. On the event loop of the host's link, before the batch is done. */
    void failedOne() {
        failed++;
    }

    /** Once the batch is done: whether user code failed all that it came to. */
    boolean failedWhole() {
        return answered == 0 && failed > 0;
    }

    /** Once the batch is done: whether any of its queries got an answer, or a part of one, which may be all that its caller wanted. */
    boolean answeredSome() {
        if (answered > 0) {
            return true;
        }
        for (int i = 0; i < queries.size(); i++) {
            if (queries.get(i).wasAnsweredInPart()) {
                return true;
            }
        }
        return false;
    }

    /** Once the batch is done: whether user code answered or failed all of it, and nobody left meanwhile. */
    boolean ranWhole() {
        return cancelled == 0 && answered > 0 && answered + failed >= queries.size();
    }

    int rows() {
        int rows = 0;
        for (int i = 0; i < queries.size(); i++) {
            rows += queries.get(i).rows();
        }
        return rows;
    }

    /** Once the batch is done: how many of its queries user code saw, as far as is known; others expired before. */
    int ran() {
        return Math.min(queries.size(), answered + failed + cancelled);
    }
}
