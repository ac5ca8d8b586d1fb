package dev.sluice.router.dispatch;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.Failure;
import dev.sluice.common.report.QueryReport;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Calls of actors that begin in this router. They wait in the same queues as those that come over links. Thread-safe. */
public final class ActorCalls {

    /** Smaller inputs are copied beside their headers, larger ones are sent as they lie. */
    private static final int LARGEST_COPIED = 16 * 1024;

    private final ActorDirectory actors;
    private final RetainedBytes retained;
    private final RetainedBytes copies;
    private final LongSupplier clock;
    private final AtomicLong exchanges;
    private final CallAllowance allowance;

    /** Whether the calls are those of a pipeline within a pipeline. */
    private final boolean nested;

    /**
     * @param retained what queries hold
     * @param copies what copies of queries hold
     */
    ActorCalls(ActorDirectory actors, RetainedBytes retained, RetainedBytes copies, LongSupplier clock) {
        this.actors = actors;
        this.retained = retained;
        this.copies = copies;
        this.clock = clock;
        this.exchanges = new AtomicLong();
        this.allowance = new CallAllowance();
        this.nested = false;
    }

    private ActorCalls(ActorCalls all, @Nullable CallAllowance callers) {
        this.actors = all.actors;
        this.retained = all.retained;
        this.copies = all.copies;
        this.clock = all.clock;
        this.exchanges = all.exchanges;
        this.allowance = callers == null ? new CallAllowance() : callers;
        this.nested = callers != null;
    }

    /** The same, for what is asked on behalf of a query. */
    public ActorCalls onBehalfOf(ComposedQuery query) {
        return new ActorCalls(this, query.allowance());
    }

    /**
     * A call.
     *
     * @param version empty for whatever version traffic is routed to
     * @param budgetNanos in which it is worth something
     * @param body the input; not retained for the call, which takes what it needs of it at once
     * @param span by which it is recorded, and which who asks ends; null where it is not
     */
    public record Request(
            String actor,
            String method,
            String version,
            int priority,
            long budgetNanos,
            Meta meta,
            ByteBuf body,
            @Nullable OpenSpan span) {

        /** One that is not recorded. */
        public Request(
                String actor, String method, String version, int priority, long budgetNanos, Meta meta, ByteBuf body) {
            this(actor, method, version, priority, budgetNanos, meta, body, null);
        }
    }

    /** Told once how a call ended, on any thread, perhaps before the call returns; never after it was cancelled. */
    public interface Reply {

        /** @param body counted as retained: to be given back by {@link ActorCalls#give} with its length */
        void answered(String mediaType, byte[] body);

        void failed(Failure failure);

        /** Before one of the others, and not always: where the time went. */
        default void reported(QueryReport report) {}
    }

    /** Nanoseconds of the clock that deadlines are on. */
    public long now() {
        return clock.getAsLong();
    }

    /**
     * @return cancels it; does nothing once it has ended
     * @throws IllegalArgumentException where the headers are longer than they may be, with a sentence; then there is no reply
     */
    public Runnable call(Request request, Reply reply) {
        Destination to = actors.find(request.actor(), request.version());
        if (to == null) {
            reply.failed(Refusals.unknown(actors, request.actor(), request.version()));
            return () -> {};
        }
        if (to.descriptor().method(request.method()).isEmpty()) {
            return refused(to, request, reply, Refusals.noMethod(request.actor(), request.method()));
        }
        if (nested && !allowance.take()) {
            reply.failed(Refusals.tooManyCalls(CallAllowance.MOST_CALLS));
            return () -> {};
        }
        if (request.budgetNanos() <= 0) {
            return refused(to, request, reply, Refusals.late());
        }
        QueryFrame frame = frame(request);
        if (!retained.take(RoutedQuery.charge(frame))) {
            frame.release();
            return refused(to, request, reply, Refusals.full());
        }
        return begin(to, frame, reply, request.span());
    }

    private static Runnable refused(Destination to, Request request, Reply reply, Failure failure) {
        to.outcomes().refused(request.method(), failure);
        reply.failed(failure);
        return () -> {};
    }

    private Runnable begin(Destination to, QueryFrame frame, Reply reply, @Nullable OpenSpan span) {
        Copying copying = frame.version().isEmpty() ? Copying.of(frame, actors.copies(frame.actor()), copies) : null;
        Origin own = new OfCall(reply, allowance);
        RoutedQuery query = new RoutedQuery(
                frame,
                copying == null ? own : copying.original(own),
                to,
                to.shard().now());
        query.recordedAs(span, false);
        to.arrive(query);
        if (copying != null) {
            copying.begin();
        }
        return () -> to.cancel(query);
    }

    private QueryFrame frame(Request request) {
        Meta meta = request.meta();
        ByteBuf body = request.body();
        int inline = body.readableBytes() <= LARGEST_COPIED ? body.readableBytes() : 0;
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer(meta.maxBytes() + inline);
        try {
            meta.encode(data);
        } catch (IllegalArgumentException tooLong) {
            data.release();
            throw tooLong;
        }
        int metaLength = data.readableBytes();
        if (inline > 0) {
            data.writeBytes(body, body.readerIndex(), inline);
        } else if (body.isReadable()) {
            data = Unpooled.wrappedBuffer(data, body.retainedSlice());
        }
        return new QueryFrame(
                exchanges.incrementAndGet(),
                request.budgetNanos(),
                request.priority(),
                request.actor(),
                request.method(),
                request.version(),
                metaLength,
                data);
    }

    /** How long a call usually takes once it is its turn; 0 where that is not known. */
    public long typicalNanos(String actor, String method, String version) {
        Destination to = actors.find(actor, version);
        return to == null ? 0 : to.typicalNanos(method);
    }

    /** As {@link #typicalNanos}, where it does no more than it has to. */
    public long leastNanos(String actor, String method, String version) {
        Destination to = actors.find(actor, version);
        return to == null ? 0 : to.leastNanos(method);
    }

    /** Whether there is such a method now. */
    public boolean knows(String actor, String method, String version) {
        Destination to = actors.find(actor, version);
        return to != null && to.descriptor().method(method).isPresent();
    }

    /** Room for so many bytes that the caller makes itself. */
    public boolean take(long bytes) {
        return retained.take(bytes);
    }

    public void give(long bytes) {
        retained.give(bytes);
    }

    private final class OfCall implements Origin {
        private final Reply reply;
        private final CallAllowance callers;

        OfCall(Reply reply, CallAllowance callers) {
            this.reply = reply;
            this.callers = callers;
        }

        @Override
        public CallAllowance allowance() {
            return callers;
        }

        @Override
        public long roundTripNanos() {
            return 0;
        }

        @Override
        public long mostResultBytes() {
            return Integer.MAX_VALUE;
        }

        /** Copied, since results that wait for others must not hold the credit of their link meanwhile. */
        @Override
        public void pass(RoutedQuery query, ResultFrame result) {
            Failure failure = result.kind() == ResultFrame.Kind.ONLY
                    ? null
                    : Refusals.streams(query.frame().actor(), query.method());
            if (failure == null && !retained.take(result.size())) {
                failure = Refusals.full();
            }
            byte[] body = failure == null ? ByteBufUtil.getBytes(result.body()) : new byte[0];
            result.release();
            if (failure == null) {
                reply.answered(result.mediaType(), body);
            } else {
                reply.failed(failure);
            }
        }

        @Override
        public void report(RoutedQuery query, long now) {
            reply.reported(query.report(now));
        }

        @Override
        public void fail(long exchange, Failure failure) {
            reply.failed(failure);
        }

        @Override
        public void forget(RoutedQuery query) {
            retained.give(query.retainedBytes());
            query.frame().release();
        }
    }
}
