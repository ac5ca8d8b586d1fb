package dev.sluice.frontend.websocket;

import dev.sluice.common.concurrent.RetainedBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts messages together that come in several frames, up to a limit. What it holds is counted. Only the event loop calls it. */
final class MessageFrames {

    /** What a frame holds beside its bytes. */
    static final int OVERHEAD_BYTES = 256;

    /** What became of a frame. */
    sealed interface Outcome {}

    /** More frames of this message come. */
    record Partial() implements Outcome {}

    /** A message is whole. It belongs to the receiver, with what it is counted for. */
    record Whole(ByteBuf bytes, boolean text, long charge, RetainedBytes retained) implements Outcome {

        void release() {
            bytes.release();
            retained.give(charge);
        }
    }

    record TooLarge() implements Outcome {}

    /** This frontend holds as much as it may; the rest of the message is passed over. */
    record NoRoom(boolean text) implements Outcome {}

    /** It is no message, or no part of one. */
    record Other() implements Outcome {}

    private static final Outcome PARTIAL = new Partial();

    private final Supplier<RetainedBytes> retained;
    private final long mostBytes;
    private @Nullable CompositeByteBuf parts;
    private @Nullable RetainedBytes counted;
    private long charge;
    private boolean text;
    private boolean skipping;

    MessageFrames(Supplier<RetainedBytes> retained, long mostBytes) {
        this.retained = retained;
        this.mostBytes = mostBytes;
    }

    Outcome next(WebSocketFrame frame) {
        boolean first = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
        if (!first && !(frame instanceof ContinuationWebSocketFrame)) {
            return new Other();
        }
        if (first) {
            discard();
            skipping = false;
            text = frame instanceof TextWebSocketFrame;
            counted = retained.get();
        }
        if (skipping) {
            return PARTIAL;
        }
        return add(frame);
    }

    private Outcome add(WebSocketFrame frame) {
        RetainedBytes held = counted == null ? retained.get() : counted;
        CompositeByteBuf before = parts;
        int size = frame.content().readableBytes();
        if ((before == null ? 0L : before.readableBytes()) + size > mostBytes) {
            discard();
            return new TooLarge();
        }
        long weight = size + (long) OVERHEAD_BYTES;
        if (!held.take(weight)) {
            discard();
            skipping = true;
            return new NoRoom(text);
        }
        charge += weight;
        ByteBuf content = frame.content().retain();
        if (before == null && frame.isFinalFragment()) {
            return whole(content, held);
        }
        CompositeByteBuf all = before == null ? ByteBufAllocator.DEFAULT.compositeBuffer(Integer.MAX_VALUE) : before;
        parts = all.addComponent(true, content);
        if (!frame.isFinalFragment()) {
            return PARTIAL;
        }
        parts = null;
        return whole(all, held);
    }

    private Outcome whole(ByteBuf bytes, RetainedBytes held) {
        Outcome whole = new Whole(bytes, text, charge, held);
        charge = 0;
        counted = null;
        return whole;
    }

    /** Gives up what is not whole. */
    void discard() {
        if (parts != null) {
            parts.release();
            parts = null;
        }
        if (counted != null) {
            counted.give(charge);
            counted = null;
        }
        charge = 0;
    }
}
