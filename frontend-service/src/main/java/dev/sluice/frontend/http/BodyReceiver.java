package dev.sluice.frontend.http;

import dev.sluice.common.concurrent.RetainedBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Collects a request's body up to a limit: as it is if it came in one piece, else as a composite, never by copying.
 * What it holds is counted: many bodies that come slowly could fill the memory before any of them is a query. Only the
 * connection's event loop calls it.
 */
final class BodyReceiver implements CoreSubscriber<Object> {

    /** Who waits for the body. Exactly one of these is called, unless the receiver was cancelled. */
    interface Sink {

        /** The whole body, which now belongs to the sink, with what it is counted for. */
        void bodyReceived(ReceivedBody body);

        void bodyTooLarge();

        /** This frontend holds as much as it may. */
        void noRoomForBody();

        void bodyFailed(Throwable cause);
    }

    /** What a part holds beside its bytes: the objects around them, and its place in the composite. */
    static final int PART_OVERHEAD_BYTES = 256;

    private final ByteBufAllocator allocator;
    private final long limit;
    private final RetainedBytes retained;
    private final Sink sink;
    private @Nullable Subscription upstream;
    private @Nullable ByteBuf body;
    private long charge;
    private int parts;
    private boolean done;
    private boolean complete;

    BodyReceiver(ByteBufAllocator allocator, long limit, RetainedBytes retained, Sink sink) {
        this.allocator = allocator;
        this.limit = limit;
        this.retained = retained;
        this.sink = sink;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        if (done) {
            subscription.cancel();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(Object part) {
        if (done) {
            return;
        }
        ByteBuf content = part instanceof ByteBufHolder holder ? holder.content() : (ByteBuf) part;
        long length = (body == null ? 0 : body.readableBytes()) + (long) content.readableBytes();
        long weight = content.readableBytes() + (long) PART_OVERHEAD_BYTES;
        if (length > limit) {
            cancel();
            sink.bodyTooLarge();
        } else if (!retained.take(weight)) {
            cancel();
            sink.noRoomForBody();
        } else {
            charge += weight;
            parts++;
            append(content.retain());
        }
    }

    private void append(ByteBuf content) {
        ByteBuf before = body;
        if (before == null) {
            body = content;
        } else if (before instanceof CompositeByteBuf composite && parts > 2) {
            composite.addComponent(true, content);
        } else {
            // no limit to its parts: reaching one would copy them all into one
            body = allocator
                    .compositeBuffer(Integer.MAX_VALUE)
                    .addComponent(true, before)
                    .addComponent(true, content);
        }
    }

    @Override
    public void onComplete() {
        if (!done) {
            done = true;
            complete = true;
            ByteBuf whole = body == null ? Unpooled.EMPTY_BUFFER : body;
            body = null;
            sink.bodyReceived(new ReceivedBody(whole, charge, retained));
        }
    }

    @Override
    public void onError(Throwable cause) {
        if (!done) {
            discard();
            sink.bodyFailed(cause);
        }
    }

    /** Whether nothing more is awaited: the body ended, or was given up. */
    boolean isDone() {
        return done;
    }

    /** Whether the body has come to its end. */
    boolean isComplete() {
        return complete;
    }

    /** How many bytes came so far: what tells a slow body from one that is not worth waiting for. */
    long arrived() {
        return charge - (long) parts * PART_OVERHEAD_BYTES;
    }

    void cancel() {
        if (!done) {
            discard();
            if (upstream != null) {
                upstream.cancel();
            }
        }
    }

    private void discard() {
        done = true;
        if (body != null) {
            retained.give(charge);
            body.release();
            body = null;
        }
    }
}
