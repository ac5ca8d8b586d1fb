package dev.sluice.common.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;

/**
 * Takes a request with a body as the HTTP/1.1 that it is, also where its caller offers to go on in HTTP/2 (as Java's own client does
 * unless told otherwise). To take the offer the server would have to hold the whole body first, so it answered 413 instead. Nobody
 * has to take such an offer (RFC 9110, 7.8).
 */
public final class UpgradeOffers extends ChannelInboundHandlerAdapter {

    private static final String H2C = "h2c";

    private UpgradeOffers() {}

    /** Adds itself to an HTTP/1 connection; does nothing for others. */
    public static void decline(Channel connection) {
        ChannelHandlerContext codec = connection.pipeline().context(HttpServerCodec.class);
        if (codec != null) {
            connection.pipeline().addAfter(codec.name(), "sluice.upgrade-offers", new UpgradeOffers());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request
                && hasBody(request)
                && request.headers().containsValue(HttpHeaderNames.UPGRADE, H2C, true)) {
            request.headers().remove(HttpHeaderNames.UPGRADE);
        }
        context.fireChannelRead(message);
    }

    private static boolean hasBody(HttpRequest request) {
        String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0");
        return !length.equals("0") || HttpUtil.isTransferEncodingChunked(request);
    }
}
