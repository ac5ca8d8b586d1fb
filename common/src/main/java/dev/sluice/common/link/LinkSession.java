package dev.sluice.common.link;

import dev.sluice.common.link.Handshake.LinkRefused;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Frame.Hello;
import dev.sluice.common.wire.FrameDecoder;
import dev.sluice.common.wire.FrameException;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.BaseSubscriber;

/** One connection's life: handshake, frames in and out, pings, end. All but the {@link Link} methods on the event loop. */
final class LinkSession extends BaseSubscriber<ByteBuf> implements Link {

    private static final Logger log = LoggerFactory.getLogger(LinkSession.class);

    /** In bytes; a hello has less than half of it. */
    private static final int LONGEST_OF_A_STRANGER = 1024;

    /** So many times a lease are enough to prove oneself, whatever else comes meanwhile. */
    private static final int HANDSHAKE_LEASES = 2;

    private final LinkEnd connection;
    private final RefusalLog refusals;
    private final long beganNanos;
    private final Executor executor;
    private final LongSupplier clock;
    private final LinkSettings settings;
    private final LinkHandler handler;
    private final FrameDecoder decoder;
    private final Consumer<Frame> accept = this::accept;
    private final Outbox outbox;
    private final Inbox inbox;
    private final FrameInput input;
    private final PingTimer pings;
    private final Receipt receipt = new Receipt();
    private final ScheduledFuture<?> timer;
    private final Closing closing;
    private volatile @Nullable Hello peer;
    private volatile @Nullable SendLimits limits;
    private @Nullable LinkReceiver receiver;
    private volatile @Nullable String endReason;

    LinkSession(LinkContext context, LinkEnd connection, ByteBufAllocator allocator, LongSupplier clock) {
        EventExecutor loop = connection.channel().eventLoop();
        this.connection = connection;
        this.closing = new Closing(connection, super::cancel);
        this.executor = new LoopExecutor(loop);
        this.clock = clock;
        this.settings = context.settings();
        this.handler = context.handler();
        Handshake handshake = new Handshake(context.identity(), settings, connection.side());
        this.refusals = context.refusals();
        this.decoder = new FrameDecoder(allocator, LONGEST_OF_A_STRANGER);
        Returns returns = new Returns();
        this.outbox = new Outbox(executor, allocator, returns) {
            @Override
            void unwritable(RuntimeException why) {
                executor.execute(() -> fault(why));
            }
        };
        this.inbox = new Inbox(settings, allocator, returns, outbox::wake);
        this.pings = new PingTimer(settings.lease());
        this.input = new FrameInput(this, handshake, outbox, inbox);
        // Not at a fixed rate, which would make up for the time that a process was asleep.
        this.timer =
                loop.scheduleWithFixedDelay(this::tick, pings.periodNanos(), pings.periodNanos(), TimeUnit.NANOSECONDS);
        this.beganNanos = clock.getAsLong();
        pings.started(beganNanos);
        outbox.offer(handshake.hello());
    }

    /** The bytes to write; subscribed once. */
    Publisher<ByteBuf> outbound() {
        return outbox;
    }

    /** Whether the peer proved itself. */
    boolean wasOpen() {
        return peer != null;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Why the link is no more; null while it is. */
    @Nullable String endReason() {
        return endReason;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    protected void hookOnNext(ByteBuf bytes) {
        if (ended()) {
            bytes.release();
            return;
        }
        pings.heard(now());
        try {
            decoder.feed(bytes, accept);
        } catch (FrameException e) {
            end("the peer sent " + e.getMessage());
        } catch (LinkRefused e) {
            end(e.reason());
        } catch (RuntimeException | Error e) {
            fault(e);
        }
    }

    @Override
    protected void hookOnComplete() {
        executor.execute(() -> {
            end("the peer ended it");
            closing.peerIsDone();
        });
    }

    @Override
    protected void hookOnError(Throwable failure) {
        executor.execute(() -> {
            end("the connection broke: " + failure.getMessage());
            closing.cut();
        });
    }

    private void tick() {
        long now = now();
        if (pings.silent(now)) {
            end("nothing was heard for " + settings.lease().toMillis() + " ms");
            closing.cut();
            return;
        }
        if (peer == null
                && now - beganNanos >= HANDSHAKE_LEASES * settings.lease().toNanos()) {
            end("it did not prove itself within "
                    + HANDSHAKE_LEASES * settings.lease().toMillis() + " ms");
            closing.cut();
            return;
        }
        outbox.offer(new Frame.Ping(now));
    }

    private void accept(Frame frame) {
        if (ended()) {
            Frames.release(frame);
        } else if (peer == null) {
            input.handshake(frame);
        } else {
            input.take(frame);
        }
    }

    /** The peer proved itself. */
    void open(Hello hello) {
        limits = SendLimits.of(hello);
        peer = hello;
        decoder.takeLongest();
        outbox.grant(hello.queryCreditBytes(), hello.resultCreditBytes());
        try {
            receiver = handler.opened(this);
        } catch (RuntimeException | Error e) {
            fault(e);
        }
    }

    /** What the receiver throws ends the link, as nobody knows what it has not done; whatever the frame held is its own. */
    void hand(Frame frame) {
        LinkReceiver to = receiver;
        if (to == null) {
            Frames.release(frame);
            return;
        }
        try {
            to.received(frame);
        } catch (FrameException e) {
            end("the peer sent " + e.getMessage());
        } catch (RuntimeException | Error e) {
            fault(e);
        }
    }

    private void fault(Throwable cause) {
        log.error("A fault in this process ends the link with {}.", this, cause);
        end("a fault in this process");
    }

    private boolean ended() {
        return endReason != null;
    }

    private void end(String reason) {
        if (ended()) {
            return;
        }
        endReason = reason;
        timer.cancel(false);
        tellReceiver(reason);
        outbox.close();
        decoder.close();
        inbox.close();
        closing.waitForPeer(pings.periodNanos());
    }

    private void tellReceiver(String reason) {
        LinkReceiver to = receiver;
        if (to == null) {
            // Who connects keeps on trying and does not say the same each time.
            RefusalLog.Line line =
                    connection.side() == LinkEnd.Side.ACCEPTED ? refusals.next(now()) : RefusalLog.Line.NO;
            log.atLevel(line == RefusalLog.Line.NO ? Level.DEBUG : Level.WARN)
                    .log("No link with {}: {}.", this, reason);
            if (line == RefusalLog.Line.YES_THE_LAST) {
                log.warn("Of more links that come to nothing within a minute this says nothing.");
            }
            return;
        }
        try {
            to.closed(reason);
        } catch (RuntimeException | Error e) {
            log.error("A fault in this process, as it was told that the link with {} ended.", this, e);
        }
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
    public InetSocketAddress peerAddress() {
        return connection.address();
    }

    @Override
    public void send(Frame frame) {
        enqueue(frame);
        outbox.wake();
    }

    @Override
    public void enqueue(Frame frame) {
        SendLimits peerLimits = limits;
        if (peerLimits == null || peerLimits.fits(frame)) {
            outbox.enqueue(frame);
        } else {
            refuse(frame, peerLimits);
        }
    }

    private void refuse(Frame frame, SendLimits peerLimits) {
        if (frame instanceof ResultFrame result) {
            outbox.enqueue(peerLimits.instead(result));
        } else {
            executor.execute(() -> peerLimits.refusal(frame).forEach(accept));
        }
        Frames.release(frame);
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
            outbox.cancelledOne();
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
        return peer != null && !ended();
    }

    @Override
    public boolean isFlushed() {
        if (ended()) {
            return true;
        }
        if (!outbox.isEmpty()) {
            return false;
        }
        boolean arrived = receipt.covers(outbox.written());
        if (!arrived) {
            executor.execute(this::askForReceipt);
        }
        return arrived;
    }

    private void askForReceipt() {
        long now = now();
        if (!ended() && outbox.isEmpty() && receipt.ask(outbox.written(), now)) {
            outbox.offer(new Frame.Ping(now));
        }
    }

    /** The peer answered a ping that was sent then. */
    void pinged(long sentNanos) {
        pings.answered(sentNanos, now());
        receipt.answered(sentNanos);
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public String toString() {
        Hello hello = peer;
        return hello == null ? connection.where() : hello.nodeId() + " (" + connection.where() + ")";
    }
}
