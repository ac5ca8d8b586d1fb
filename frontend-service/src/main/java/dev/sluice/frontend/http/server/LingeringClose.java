package dev.sluice.frontend.http.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose caller is still sending. Closing at once would reset it, and the caller's system would then
 * throw the refusal away that is meant to be read. So this closes the sending side only, reads on without keeping
 * anything until the caller closes too, and does not wait for that forever.
 */
public final class LingeringClose extends ChannelDuplexHandler {

    private static final String NAME = "sluice.lingering-close";
    private static final long LINGER_MILLIS = 2_000;

    private boolean closing;

    private LingeringClose() {}

    /** Makes the next close of an HTTP/1 connection a lingering one; leaves the streams of HTTP/2 alone. */
    public static void prepare(Channel channel) {
        if (channel instanceof DuplexChannel && channel.pipeline().get(NAME) == null) {
            channel.pipeline().addFirst(NAME, new LingeringClose());
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (closing || !context.channel().isActive()) {
            context.close(promise);
            return;
        }
        closing = true;
        context.channel().config().setAutoRead(true);
        ((DuplexChannel) context.channel()).shutdownOutput();
        context.executor().schedule(() -> context.close(promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}
