package dev.sluice.common.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.net.InetSocketAddress;

/**
 * One end of a connection that carries a link and nothing else.
 *
 * @param channel the HTTP/2 stream, or the whole connection below HTTP/2
 * @param side who connected and who accepted
 * @param where the other end's address, for people
 */
record LinkEnd(Channel channel, Side side, String where) {

    private static final InetSocketAddress UNKNOWN = InetSocketAddress.createUnresolved("unknown", 0);

    enum Side {
        CONNECTED,
        ACCEPTED;

        Side other() {
            return this == CONNECTED ? ACCEPTED : CONNECTED;
        }
    }

    /** Of the other end. */
    InetSocketAddress address() {
        return connection().remoteAddress() instanceof InetSocketAddress internet ? internet : UNKNOWN;
    }

    /** Ends not only the stream: a connection whose peer is gone is worth nothing to the next link, and would stay. */
    void disconnect() {
        connection().close();
    }

    /** Without a word to the peer, which may not read it. */
    void cut() {
        cut(connection());
    }

    static void cut(Channel connection) {
        ChannelHandlerContext outermost = connection.pipeline().firstContext();
        if (outermost == null) {
            connection.close();
        } else {
            // Past the handler of HTTP/2, which would wait for streams to end and for what it has to say to be taken.
            outermost.close();
        }
    }

    private Channel connection() {
        return channel instanceof Http2StreamChannel ? channel.parent() : channel;
    }
}
