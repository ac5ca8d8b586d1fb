package dev.sluice.frontend.websocket;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Writes the replies of a socket and counts those that its client has not taken. Only the event loop calls it. */
final class SocketReplies {

    /** What a reply holds beside its bytes. */
    private static final int OVERHEAD_BYTES = 256;

    private static final Runnable NOTHING = () -> {};

    private final Channel channel;
    private final long mostUnsent;
    private final Runnable onTooMuch;
    private long unsent;
    private long lastSentNanos = System.nanoTime();
    private boolean flushing;
    private boolean closed;

    /** @param onTooMuch called once when the client has so much unread that it cannot be served on */
    SocketReplies(Channel channel, long mostUnsent, Runnable onTooMuch) {
        this.channel = channel;
        this.mostUnsent = mostUnsent;
        this.onTooMuch = onTooMuch;
    }

    /** When the connection last took something, as {@link System#nanoTime}. */
    long lastSentNanos() {
        return lastSentNanos;
    }

    void send(WebSocketFrame frame) {
        send(frame, NOTHING);
    }

    /** @param onSent called when the connection has taken it */
    void send(WebSocketFrame frame, Runnable onSent) {
        if (closed) {
            frame.release();
            return;
        }
        long size = frame.content().readableBytes() + (long) OVERHEAD_BYTES;
        // One reply may wait whatever its size.
        if (unsent > 0 && unsent + size > mostUnsent) {
            frame.release();
            close();
            onTooMuch.run();
            return;
        }
        unsent += size;
        channel.write(frame).addListener(done -> {
            unsent -= size;
            if (done.isSuccess()) {
                lastSentNanos = System.nanoTime();
                onSent.run();
            }
        });
        flush();
    }

    /** Nothing is sent any more. */
    void close() {
        closed = true;
    }

    /** Replies of one turn of the event loop leave together. */
    private void flush() {
        if (!flushing) {
            flushing = true;
            channel.eventLoop().execute(() -> {
                flushing = false;
                channel.flush();
            });
        }
    }
}
