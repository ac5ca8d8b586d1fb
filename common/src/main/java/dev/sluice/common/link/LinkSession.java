package dev.sluice.common.link;

import dev.sluice.common.link.Handshake.LinkRefused;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Frame.Hello;
import dev.sluice.common.wire.FrameDecoder;
import dev.sluice.common.wire.FrameException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;

/** One connection's life: handshake, frames in and out, pings, end. All but the {@link Link} methods on the event loop. */
final class LinkSession extends BaseSubscriber<ByteBuf> implements Link {

    private static final Logger log = LoggerFactory.getLogger(LinkSession.class);

    private final Executor executor;
    private final LinkSettings settings;
    private final LinkHandler handler;
    private final Handshake handshake;
    private final Returns returns = new Returns();
    private final FrameDecoder decoder;
    private final Outbox outbox;
    private final Inbox inbox;
    private final PingTimer pings;
    private final String where;
    private volatile @Nullable Hello peer;
    private @Nullable LinkReceiver receiver;
    private volatile boolean closed;
    private boolean ended;

    LinkSession(LinkContext context, EventExecutor loop, ByteBufAllocator allocator, String where) {
        this.executor = orInline(loop);
        this.settings = context.settings();
        this.handler = context.handler();
        this.where = where;
        this.handshake = new Handshake(context.identity(), settings);
        this.decoder = new FrameDecoder(allocator);
        this.outbox = new Outbox(executor, allocator, returns);
        this.inbox = new Inbox(settings, allocator, returns, outbox::wake);
        this.pings = new PingTimer(settings.lease());
        ScheduledFuture<?> timer =
                loop.scheduleAtFixedRate(this::tick, pings.periodNanos(), pings.periodNanos(), TimeUnit.NANOSECONDS);
        pings.started(timer, System.nanoTime());
        outbox.offer(handshake.hello());
    }

    /** After the loop was shut down, at the end of the process, what is left to do is done where it is asked for. */
    private static Executor orInline(EventExecutor loop) {
        return task -> {
            try {
                loop.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        };
    }

    /** The bytes to write; subscribed once. */
    Publisher<ByteBuf> outbound() {
        return outbox;
    }

    boolean wasOpen() {
        return peer != null;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    protected void hookOnNext(ByteBuf bytes) {
        if (ended) {
            bytes.release();
            return;
        }
        pings.heard(System.nanoTime());
        try {
            decoder.feed(bytes, this::accept);
        } catch (FrameException e) {
            end("the peer sent " + e.getMessage());
        } catch (LinkRefused e) {
            end(e.reason());
        }
    }

    @Override
    protected void hookOnComplete() {
        executor.execute(() -> end("the peer ended it"));
    }

    @Override
    protected void hookOnError(Throwable failure) {
        executor.execute(() -> end("the connection broke: " + failure.getMessage()));
    }

    private void tick() {
        long now = System.nanoTime();
        if (pings.silent(now)) {
            end("nothing was heard for " + settings.lease().toMillis() + " ms");
            return;
        }
        returns.flush();
        outbox.offer(new Frame.Ping(now));
    }

    private void accept(Frame frame) {
        if (ended) {
            Frames.release(frame);
        } else if (frame instanceof Frame.Chunk chunk && peer != null) {
            int bytes = chunk.bytes().readableBytes();
            inbox.chunk(chunk);
            outbox.offer(new Frame.ChunkAck(bytes));
        } else if (frame instanceof Frame.Credit credit) {
            outbox.grant(credit.queryBytes(), credit.resultBytes());
        } else if (frame instanceof Frame.ChunkAck ack) {
            outbox.acknowledged(ack.bytes());
        } else if (frame instanceof Frame.Ping ping) {
            outbox.offer(new Frame.Pong(ping.number()));
        } else if (frame instanceof Frame.Pong pong) {
            pings.answered(pong.number(), System.nanoTime());
        } else if (frame instanceof Hello hello) {
            outbox.offer(handshake.answer(hello));
        } else if (frame instanceof Frame.Proof proof) {
            open(handshake.accept(proof));
        } else {
            hand(frame);
        }
    }

    private void open(Hello hello) {
        peer = hello;
        outbox.grant(hello.queryCreditBytes(), hello.resultCreditBytes());
        guarded(() -> receiver = handler.opened(this));
    }

    private void hand(Frame frame) {
        if (peer == null) {
            Frames.release(frame);
            throw new LinkRefused("a frame before the handshake was over");
        }
        if (frame instanceof Cargo || frame instanceof BatchFrame) {
            inbox.complete(frame);
        }
        LinkReceiver to = receiver;
        if (to == null) {
            Frames.release(frame);
        } else {
            guarded(() -> to.received(frame));
        }
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("A fault in this process ends the link with {}.", this, e);
            end("a fault in this process");
        }
    }

    private void end(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        closed = true;
        pings.stop();
        LinkReceiver to = receiver;
        if (to == null) {
            log.warn("No link with {}: {}.", this, reason);
        } else {
            guarded(() -> to.closed(reason));
        }
        outbox.close();
        decoder.close();
        inbox.close();
        super.cancel();
    }

    @Override
    public Hello peer() {
        Hello hello = peer;
        if (hello == null) {
            throw new IllegalStateException("the link is not open yet");
        }
        return hello;
    }

    @Override
    public void send(Frame frame) {
        outbox.offer(frame);
    }

    @Override
    public void enqueue(Frame frame) {
        outbox.enqueue(frame);
    }

    @Override
    public void flush() {
        outbox.wake();
    }

    @Override
    public void cancel(long exchange, Cargo cargo) {
        cargo.cancel();
        if (cargo.written()) {
            outbox.offer(new Frame.Cancel(exchange));
        } else {
            outbox.wake();
        }
    }

    @Override
    public long roundTripNanos() {
        return pings.roundTripNanos();
    }

    @Override
    public void close(String reason) {
        executor.execute(() -> end(reason));
    }

    @Override
    public boolean isOpen() {
        return peer != null && !closed;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public String toString() {
        Hello hello = peer;
        return hello == null ? where : hello.nodeId() + " (" + where + ")";
    }
}
