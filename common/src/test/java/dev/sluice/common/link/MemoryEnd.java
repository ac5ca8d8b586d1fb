package dev.sluice.common.link;

import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** One end of a {@link MemoryLink}: a session, what it wrote, and what its handler was given. */
final class MemoryEnd implements LinkHandler, LinkReceiver {

    final LinkSession session;
    final List<Frame> received = new ArrayList<>();
    final List<String> closed = new ArrayList<>();

    /** All that was written, in its order; copies, on the heap. */
    final List<Frame> sent = new ArrayList<>();

    /** What is in the received frames is released as it comes, unless a test wants to hold it. */
    boolean holds;

    Runnable onReceived = () -> {};
    Runnable onClosed = () -> {};

    final Written written = new Written();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Deque<ByteBuf> wire = new ArrayDeque<>();
    private final ByteBufAllocator copies = new TrackedMemory().allocator();
    private final FrameDecoder writtenFrames = new FrameDecoder(copies);
    private boolean ended;
    private boolean inboundCancelled;

    MemoryEnd(Identity identity, LinkSettings settings, LinkEnd.Side side, TrackedMemory memory) {
        channel.freezeTime();
        LongSupplier clock = ((AbstractScheduledEventExecutor) channel.eventLoop()).ticker()::nanoTime;
        session = new LinkSession(
                new LinkContext(identity, settings, this),
                new LinkEnd(channel, side, identity.nodeId() + "'s peer"),
                memory.allocator(),
                clock);
        session.outbound().subscribe(written);
        session.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                inboundCancelled = true;
            }
        });
    }

    Link link() {
        return session;
    }

    /** Does what waits to be done on the event loop. */
    void run() {
        channel.runPendingTasks();
    }

    void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    /** From now on nobody takes what is written, as when the peer does not read. */
    void stopWriting() {
        written.stopped = true;
        // Takes the one buffer that was already asked for.
        session.send(new Frame.Pong(Long.MAX_VALUE));
        run();
    }

    /** Somebody takes so many buffers more. */
    void write(long buffers) {
        written.request(buffers);
        run();
    }

    /** Passes on what was written; whether there was anything. */
    boolean deliverTo(MemoryEnd peer) {
        boolean moved = !wire.isEmpty();
        for (ByteBuf bytes = wire.poll(); bytes != null; bytes = wire.poll()) {
            peer.receive(bytes);
        }
        if (written.completed && !ended) {
            ended = true;
            peer.session.onComplete();
            moved = true;
        } else if (inboundCancelled && !ended) {
            ended = true;
            peer.session.onError(new IOException("reset by the peer"));
            moved = true;
        }
        return moved;
    }

    void receive(ByteBuf bytes) {
        session.onNext(bytes);
    }

    /** How many bytes were written in chunks, by payload. */
    Map<Long, Integer> sentChunks() {
        return sent.stream()
                .filter(Frame.Chunk.class::isInstance)
                .map(Frame.Chunk.class::cast)
                .collect(Collectors.toMap(
                        Frame.Chunk::payload, chunk -> chunk.bytes().readableBytes(), Integer::sum, TreeMap::new));
    }

    /** Buffers that were written and not delivered. */
    int undelivered() {
        return wire.size();
    }

    /** Loses what was written and not delivered. */
    void loseWritten() {
        wire.forEach(ByteBuf::release);
        wire.clear();
    }

    boolean disconnected() {
        return !channel.isOpen();
    }

    @Override
    public LinkReceiver opened(Link link) {
        return this;
    }

    @Override
    public void received(Frame frame) {
        received.add(frame);
        if (!holds) {
            Frames.release(frame);
        }
        onReceived.run();
    }

    @Override
    public void closed(String reason) {
        closed.add(reason);
        onClosed.run();
    }

    void releaseReceived() {
        if (holds) {
            received.forEach(Frames::release);
        }
        received.clear();
    }

    /** Where the bytes of a session go; demand is without end, unless a test stops it. */
    final class Written extends BaseSubscriber<ByteBuf> {
        boolean completed;
        private boolean stopped;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(ByteBuf bytes) {
            wire.add(bytes);
            writtenFrames.feed(
                    copies.buffer(bytes.readableBytes()).writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes()),
                    sent::add);
            if (!stopped) {
                request(1);
            }
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }
    }
}
