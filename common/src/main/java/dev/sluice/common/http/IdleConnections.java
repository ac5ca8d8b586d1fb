package dev.sluice.common.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/**
 * Closes a connection that nobody uses, and one whose caller does not take its answers. One timer per connection looks at it once in a
 * while, so that a request costs no timer. Whether it is used is told by what it is answered: a head that comes byte by byte
 * and never ends is no use. A request in flight, however long it takes, is; one whose answer stands still half sent is not. So a
 * connection goes after one to two times the limit.
 */
public final class IdleConnections extends ChannelDuplexHandler {

    /** A request may be there that a busy event loop has not read yet; it reads before it comes to what is scheduled. */
    private static final long LAST_LOOK_MILLIS = 20;

    private final Duration limit;
    private @Nullable Future<?> timer;
    private boolean used = true;
    private long writes;

    /** Where the answers stood at the last look; null where none waited. */
    private @Nullable Output waiting;

    /**
     * How far the answers are that wait for their caller.
     *
     * @param first that waits for the socket; null where they wait for an HTTP/2 caller's permission
     */
    private record Output(@Nullable Object first, long sentOfFirst, long writes) {

        boolean isAsFarAs(@Nullable Output earlier) {
            return earlier != null
                    && first == earlier.first
                    && sentOfFirst == earlier.sentOfFirst
                    && (first != null || writes == earlier.writes);
        }
    }

    private IdleConnections(Duration limit) {
        this.limit = limit;
    }

    /** Watches this connection; for HTTP/2 that is the connection, not one of its streams. */
    public static void watch(Channel connection, Duration limit) {
        connection.pipeline().addFirst("sluice.idle-connections", new IdleConnections(limit));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = context.channel()
                .eventLoop()
                .scheduleAtFixedRate(() -> look(context), limit.toMillis(), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(ChannelHandlerContext context) {
        Output before = waiting;
        waiting = waiting(context.channel());
        if (waiting != null && waiting.isAsFarAs(before)) {
            context.channel().close();
        } else if (isBusy(context.channel())) {
            used = true;
        } else if (used) {
            used = false;
        } else {
            context.channel()
                    .eventLoop()
                    .schedule(() -> closeIfUnused(context.channel()), LAST_LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void closeIfUnused(Channel connection) {
        if (!used && !isBusy(connection)) {
            connection.close();
        }
    }

    private static boolean isBusy(Channel connection) {
        if (ChannelOperations.get(connection) != null) {
            return true;
        }
        Http2Connection http2 = http2(connection);
        return http2 != null && http2.numActiveStreams() > 0;
    }

    private @Nullable Output waiting(Channel connection) {
        ChannelOutboundBuffer socket = connection.unsafe().outboundBuffer();
        Object first = socket == null ? null : socket.current();
        if (first != null) {
            return new Output(first, socket.currentProgress(), writes);
        }
        return waitsForPermission(http2(connection)) ? new Output(null, 0, writes) : null;
    }

    private static boolean waitsForPermission(@Nullable Http2Connection http2) {
        if (http2 == null) {
            return false;
        }
        try {
            return http2.forEachActiveStream(
                            stream -> !http2.remote().flowController().hasFlowControlled(stream))
                    != null;
        } catch (Http2Exception e) {
            // The visitor throws nothing.
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Http2Connection http2(Channel connection) {
        Http2FrameCodec codec = connection.pipeline().get(Http2FrameCodec.class);
        return codec == null ? null : codec.connection();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        used = true;
        writes++;
        context.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
