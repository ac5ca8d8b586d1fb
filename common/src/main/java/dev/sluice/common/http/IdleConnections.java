package dev.sluice.common.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/**
 * Closes a connection that nobody uses. One timer per connection looks at it once in a while, so that a request costs no
 * timer; a request in flight, however long it takes, counts as use. So a connection goes after one to two times the
 * limit.
 */
public final class IdleConnections extends ChannelInboundHandlerAdapter {

    /** A request may be there that a busy event loop has not read yet; it reads before it comes to what is scheduled. */
    private static final long LAST_LOOK_MILLIS = 20;

    private final Duration limit;
    private @Nullable Future<?> timer;
    private boolean used = true;

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
        if (isBusy(context.channel())) {
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
        Http2FrameCodec http2 = connection.pipeline().get(Http2FrameCodec.class);
        return http2 != null && http2.connection() != null && http2.connection().numActiveStreams() > 0;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        used = true;
        context.fireChannelReadComplete();
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
