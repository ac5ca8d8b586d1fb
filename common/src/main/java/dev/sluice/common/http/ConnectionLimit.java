package dev.sluice.common.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps callers from taking all that a process may open: what connects beyond the limit is closed before anything is spent on it. For
 * the pipelines of the sockets that listen, of which several may share it.
 */
@Sharable
public final class ConnectionLimit extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimit.class);
    private static final long LOG_EVERY_NANOS = 60_000_000_000L;

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private final AtomicLong logsFrom = new AtomicLong(System.nanoTime());

    public ConnectionLimit(int most) {
        this.most = most;
    }

    /** How many are open. */
    public int open() {
        return open.get();
    }

    /** How many were closed as they came, so far. */
    public long refused() {
        return refused.sum();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel connection = (Channel) message;
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            connection.unsafe().closeForcibly();
            refused.increment();
            tell();
        } else {
            connection.closeFuture().addListener(closed -> open.decrementAndGet());
            context.fireChannelRead(message);
        }
    }

    /** Once in a while: in the log, anybody could write as much as they like. */
    private void tell() {
        long now = System.nanoTime();
        long from = logsFrom.get();
        if (now - from >= 0 && logsFrom.compareAndSet(from, now + LOG_EVERY_NANOS)) {
            log.warn("{} connections are open, and more are refused: sluice.connections.max says so.", most);
        }
    }
}
