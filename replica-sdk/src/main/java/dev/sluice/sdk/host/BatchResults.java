package dev.sluice.sdk.host;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.Link;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.host.HostMetrics.MethodMeters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/**
 * Where the results of one batch go, on their way to its router. Any thread may bring them, so an atomic per query says who
 * ends it.
 */
final class BatchResults implements BatchSink {

    private static final int OPEN = 0;
    private static final int ENDED = 1;

    private final List<BatchItem> items;
    private final Link link;
    private final MethodMeters meters;
    private final Runnable closed;
    private final IntConsumer refused;
    private final AtomicIntegerArray states;
    private final AtomicReferenceArray<@Nullable StreamWindow> streams;

    /** Null until the replica comes to the batch. */
    private volatile @Nullable Begun begun;

    /** Of the queries that belong to a trace; null where none does. Written before user code is called. */
    private volatile @Nullable AtomicReferenceArray<@Nullable OpenSpan> spans;

    private record Begun(long waitedNanos, long sinceNanos) {}

    /**
     * @param closed told, on any thread, of each query that ended here
     * @param refused told, on any thread and before the query is closed, of each of which user code is not to make more results
     */
    BatchResults(List<BatchItem> items, Link link, MethodMeters meters, Runnable closed, IntConsumer refused) {
        this.items = items;
        this.link = link;
        this.meters = meters;
        this.closed = closed;
        this.refused = refused;
        this.states = new AtomicIntegerArray(items.size());
        this.streams = new AtomicReferenceArray<>(items.size());
    }

    /** The replica comes to the batch, which has been here since it was accepted. */
    void begin(long acceptedNanos, long now) {
        begun = new Begun(now - acceptedNanos, now);
    }

    /** The query belongs to a trace: the span ends with it. On the replica's thread, before user code is called. */
    void records(int index, OpenSpan span) {
        AtomicReferenceArray<@Nullable OpenSpan> all = spans;
        if (all == null) {
            all = new AtomicReferenceArray<>(items.size());
            spans = all;
        }
        all.set(index, span);
        if (ended(index)) {
            recorded(index, ErrorCode.CANCELLED);
        }
    }

    /** By who ends the query. */
    void recorded(int index, @Nullable ErrorCode code) {
        AtomicReferenceArray<@Nullable OpenSpan> all = spans;
        OpenSpan span = all == null ? null : all.get(index);
        if (span != null) {
            span.end(code);
        }
    }

    /** Goes before the outcome: who passes that on tells what is known by then. */
    private void tellSpent(int index) {
        Begun since = begun;
        if (since != null) {
            long ran = System.nanoTime() - since.sinceNanos();
            link.enqueue(new Frame.Spent(items.get(index).exchange(), since.waitedNanos(), ran));
        }
    }

    boolean ended(int index) {
        return states.get(index) == ENDED;
    }

    /** The stream that user code makes for a query; null where there is none. */
    @Nullable StreamWindow stream(int index) {
        return streams.get(index);
    }

    @Override
    public void result(int index, ByteBuf body, String mediaType) {
        if (take(index)) {
            tellSpent(index);
            link.enqueue(new ResultFrame(items.get(index).exchange(), Kind.ONLY, mediaType, body));
            recorded(index, null);
            meters.queryEnded(null);
            closed.run();
        } else {
            body.release();
        }
    }

    @Override
    public void streaming(int index, Subscription stream) {
        boolean told = items.get(index).meta().headers().containsKey(Meta.TELLS_TAKEN);
        StreamWindow window = new StreamWindow(stream, told);
        streams.set(index, window);
        if (ended(index)) {
            stream.cancel();
        } else {
            window.open();
        }
    }

    @Override
    public void item(int index, ByteBuf body, String mediaType) {
        if (ended(index)) {
            body.release();
            return;
        }
        if (body.readableBytes() > link.peer().maxPayloadBytes()) {
            refuse(index, body);
            return;
        }
        ResultFrame item = new ResultFrame(items.get(index).exchange(), Kind.ITEM, mediaType, body);
        StreamWindow window = streams.get(index);
        int size = item.size();
        if (window != null) {
            // Released once it is written: then there is room for more, where its caller does not say so itself.
            item.creditReturn(bytes -> window.written());
        }
        link.send(item);
        if (window != null) {
            window.came(size);
        }
    }

    /** An item that the router does not take ends its stream: the router would end the query, and user code go on. */
    private void refuse(int index, ByteBuf body) {
        Failure failure = new Failure(
                ErrorCode.FAILED,
                "One of the results has " + body.readableBytes() + " bytes and may have "
                        + link.peer().maxPayloadBytes() + " (sluice.link.max-payload).");
        body.release();
        // Taken first: the stream that is cancelled now may fail it as well, and its caller is to hear this.
        boolean mine = take(index);
        refused.accept(index);
        if (mine) {
            failed(index, failure);
        }
    }

    @Override
    public void complete(int index) {
        if (take(index)) {
            tellSpent(index);
            link.enqueue(new ResultFrame(items.get(index).exchange(), Kind.END, "", Unpooled.EMPTY_BUFFER));
            recorded(index, null);
            meters.queryEnded(null);
            closed.run();
        }
    }

    @Override
    public void fail(int index, Failure failure) {
        if (take(index)) {
            failed(index, failure);
        }
    }

    private void failed(int index, Failure failure) {
        // Who cancels takes the query first: this one still has a caller, whom an interrupted actor failed.
        ErrorCode code = failure.code() == ErrorCode.CANCELLED ? ErrorCode.FAILED : failure.code();
        tellSpent(index);
        link.enqueue(new Frame.Failed(
                items.get(index).exchange(), code.number(), failure.retryAfterMillis(), failure.message()));
        recorded(index, code);
        meters.queryEnded(code);
        closed.run();
    }

    /** Whether the caller of this method is the one who ends the query. */
    boolean take(int index) {
        return states.compareAndSet(index, OPEN, ENDED);
    }
}
