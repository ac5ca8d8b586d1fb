package dev.sluice.sdk.annotated;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.tensor.TensorAnswer;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queries of one batch. Whatever user code does, and whoever gives up meanwhile on another thread, each ends once, and
 * no item of a stream comes after its end. Thread-safe.
 *
 * <p>States of a query: OPEN → ENDED, and for streams OPEN → EMITTING → OPEN; an end that falls into EMITTING makes it
 * ABANDONED, and whoever emits carries the end out.
 */
final class OpenQueries {

    private static final Logger log = LoggerFactory.getLogger(OpenQueries.class);
    private static final Failure CANCELLED =
            new Failure(ErrorCode.CANCELLED, "The query was given up before its result was there.");

    private static final int OPEN = 0;
    private static final int EMITTING = 1;
    private static final int ABANDONED = 2;
    private static final int ENDED = 3;

    private final AtomicIntegerArray states;
    private final BatchSink sink;

    /** Of those that are answered as tensors. Entered before anything is returned for the query. */
    private @Nullable TensorAnswer @Nullable [] answers;

    OpenQueries(int size, BatchSink sink) {
        this.states = new AtomicIntegerArray(size);
        this.sink = sink;
    }

    int size() {
        return states.length();
    }

    /** The query was asked with tensors, and is answered so. */
    void answer(int query, TensorAnswer answer) {
        @Nullable TensorAnswer[] all = answers;
        if (all == null) {
            all = new @Nullable TensorAnswer[size()];
            answers = all;
        }
        all[query] = answer;
    }

    /** Null where it is answered otherwise. */
    @Nullable TensorAnswer answer(int query) {
        @Nullable TensorAnswer[] all = answers;
        return all == null ? null : all[query];
    }

    boolean isOpen(int query) {
        return states.get(query) == OPEN;
    }

    boolean allEnded() {
        for (int query = 0; query < size(); query++) {
            if (states.get(query) != ENDED) {
                return false;
            }
        }
        return true;
    }

    /** Ends the query; whoever gets true owes the sink its outcome, by {@link #result} or {@link #failClaimed}. */
    boolean claim(int query) {
        return states.compareAndSet(query, OPEN, ENDED);
    }

    /** Only after {@link #claim}. */
    void result(int query, ByteBuf body, String mediaType) {
        try {
            sink.result(query, body, mediaType);
        } catch (RuntimeException | Error broken) {
            logBroken(broken);
        }
    }

    /** Only after {@link #claim}. */
    void failClaimed(int query, Failure failure) {
        try {
            sink.fail(query, failure);
        } catch (RuntimeException | Error broken) {
            logBroken(broken);
        }
    }

    void fail(int query, Failure failure) {
        while (!claim(query)) {
            int state = states.get(query);
            if (state >= ABANDONED || state == EMITTING && states.compareAndSet(query, EMITTING, ABANDONED)) {
                return;
            }
        }
        failClaimed(query, failure);
    }

    void failAll(Failure failure) {
        for (int query = 0; query < size(); query++) {
            fail(query, failure);
        }
    }

    void cancel(int query) {
        fail(query, CANCELLED);
    }

    void cancelAll() {
        failAll(CANCELLED);
    }

    void streaming(int query, Subscription stream) {
        try {
            sink.streaming(query, stream);
        } catch (RuntimeException | Error broken) {
            logBroken(broken);
        }
    }

    /** Only for streams, whose signals come one after the other. */
    void item(int query, ByteBuf body, String mediaType) {
        if (!states.compareAndSet(query, OPEN, EMITTING)) {
            body.release();
            return;
        }
        try {
            sink.item(query, body, mediaType);
        } catch (RuntimeException | Error broken) {
            logBroken(broken);
        }
        if (!states.compareAndSet(query, EMITTING, OPEN)) {
            states.set(query, ENDED);
            failClaimed(query, CANCELLED);
        }
    }

    void complete(int query) {
        if (claim(query)) {
            try {
                sink.complete(query);
            } catch (RuntimeException | Error broken) {
                logBroken(broken);
            }
        }
    }

    private static void logBroken(Throwable broken) {
        log.error("The receiver of results threw; the query it was told of may hang.", broken);
    }
}
