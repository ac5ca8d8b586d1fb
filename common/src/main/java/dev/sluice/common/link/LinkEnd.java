package dev.sluice.common.link;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;

/**
 * One end of a connection that carries a link and nothing else.
 *
 * @param channel the HTTP/2 stream, or the whole connection below HTTP/2
 * @param side who connected and who accepted
 * @param where the other end's address, for people
 */
record LinkEnd(Channel channel, Side side, String where) {

    enum Side {
        CONNECTED,
        ACCEPTED;

        Side other() {
            return this == CONNECTED ? ACCEPTED : CONNECTED;
        }
    }

    /** Not only the stream: a connection whose peer is gone is worth nothing to the next link. */
    void disconnect() {
        Channel connection = channel instanceof Http2StreamChannel ? channel.parent() : channel;
        connection.close();
    }
}
