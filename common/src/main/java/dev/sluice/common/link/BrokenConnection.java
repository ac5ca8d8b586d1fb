package dev.sluice.common.link;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import java.io.IOException;

/**
 * The connection of a link breaks when its peer is killed. The link says so, once and by the peer's name; below HTTP/2 nobody
 * takes that error, and Netty would log it again, with a stack trace.
 */
@Sharable
final class BrokenConnection extends ChannelInboundHandlerAdapter {

    static final BrokenConnection INSTANCE = new BrokenConnection();

    private BrokenConnection() {}

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException && context.pipeline().get(Http2FrameCodec.class) != null) {
            context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
