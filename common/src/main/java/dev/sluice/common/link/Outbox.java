package dev.sluice.common.link;

import dev.sluice.common.concurrent.DrainLoop;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameEncoder;
import dev.sluice.common.wire.FrameException;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * What waits to be written on one link. Three lanes, so that control never waits, results never wait behind queries, and
 * either waits only for credit of its own; large payloads go in chunks between the frames of the lanes. All that waits
 * together leaves in as few buffers as possible; nothing waits for a timer.
 *
 * <p>Any thread may offer, request and close; all else happens on the link's event loop, writing in the drain loop.
 */
class Outbox extends DrainLoop implements Publisher<ByteBuf>, Subscription {

    static final int FIRST_BUFFER_BYTES = 16 * 1024;
    static final int BUFFER_BYTES = 64 * 1024;
    private static final int LANE_CHUNK = 256;
    private static final int FRAMES_PER_CHUNK = 64;
    private static final Consumer<Cargo> SEAL = Cargo::seal;

    private final Queue<Frame> control = new MpscUnboundedArrayQueue<>(LANE_CHUNK);
    private final Lane results = new Lane();
    private final Lane queries = new Lane();
    private final BulkTransfers bulk = new BulkTransfers();
    private final ArrayDeque<ByteBuf> ready = new ArrayDeque<>();
    private final AtomicLong requested = new AtomicLong();
    private final Consumer<Cargo> releaseWritten = this::written;
    private final AtomicLong written = new AtomicLong();
    private final ByteBufAllocator allocator;
    private final Returns returns;
    private @Nullable Subscriber<? super ByteBuf> subscriber;
    private @Nullable ByteBuf open;
    private boolean granted;
    private volatile boolean closed;
    private volatile boolean emptied = true;
    private volatile boolean abandoned;
    private boolean completed;

    Outbox(Executor executor, ByteBufAllocator allocator, Returns returns) {
        super(executor);
        this.allocator = allocator;
        this.returns = returns;
    }

    void offer(Frame frame) {
        enqueue(frame);
        wake();
    }

    /** To be followed by {@link #wake()}. */
    void enqueue(Frame frame) {
        if (Frames.isResult(frame)) {
            results.offer(frame);
        } else if (Frames.isQuery(frame)) {
            queries.offer(frame);
        } else {
            control.offer(frame);
        }
    }

    /** A query or an item of a batch that may wait here was cancelled. */
    void cancelledOne() {
        queries.cancelledOne();
        wake();
    }

    /**
     * Credit from the peer; its first grant opens the lanes.
     *
     * @throws FrameException where it is more than was taken
     */
    void grant(long queryBytes, long resultBytes) {
        if (granted) {
            queries.grant(queryBytes);
            results.grant(resultBytes);
        } else {
            granted = true;
            queries.open(queryBytes);
            results.open(resultBytes);
        }
        wake();
    }

    /** @throws FrameException where it is more than was sent */
    void acknowledged(int chunkBytes) {
        bulk.acknowledged(chunkBytes);
        wake();
    }

    /**
     * Ends the stream of buffers, after the control frames that there are; what else was not in a buffer yet is released, now
     * and whenever it is offered later.
     */
    void close() {
        closed = true;
        wake();
    }

    /** A frame could not be encoded: a fault of this process, after which its peer would wait in vain. */
    void unwritable(RuntimeException why) {
        throw why;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuf> downstream) {
        if (subscriber != null) {
            Operators.error(downstream, new IllegalStateException("a link has one writer"));
            return;
        }
        subscriber = downstream;
        downstream.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        requested.updateAndGet(before -> Operators.addCap(before, n));
        wake();
    }

    @Override
    public void cancel() {
        abandoned = true;
        close();
    }

    @Override
    protected void drain() {
        Subscriber<? super ByteBuf> downstream = subscriber;
        if (closed) {
            finish(downstream);
            return;
        }
        if (downstream == null) {
            return;
        }
        // Before anything leaves the lanes: whoever asks meanwhile must not take what is between them and a buffer for
        // gone.
        emptied = false;
        emit(downstream);
        while (ready.isEmpty() && requested.get() > 0 && fill()) {
            emit(downstream);
        }
        emptied = ready.isEmpty() && bulk.isEmpty() && !results.hasWaiting() && !queries.hasWaiting();
    }

    /** Whether all that was offered has been given to the connection. Any thread. */
    boolean isEmpty() {
        // In this order: what has left the lanes since is not in a buffer yet, and that is what the last says.
        return control.isEmpty() && results.isDrained() && queries.isDrained() && emptied;
    }

    /** How many frames with queries and results were written. Any thread. */
    long written() {
        return written.get();
    }

    /** Moves what waits into a buffer or two; false where nothing waits. */
    private boolean fill() {
        int frames = 0;
        while (ready.isEmpty()) {
            Frame next = frames < FRAMES_PER_CHUNK || !bulk.canSend() ? next() : null;
            if (next != null) {
                write(next);
                frames++;
            } else if (bulk.canSend()) {
                chunk();
            } else {
                break;
            }
        }
        Frame.Credit back = returns.take(open != null || !ready.isEmpty());
        if (back != null) {
            FrameEncoder.encode(back, buffer());
        }
        seal();
        return !ready.isEmpty();
    }

    private @Nullable Frame next() {
        Frame next = control.poll();
        if (next == null) {
            next = bulk.pollComplete();
        }
        if (next == null) {
            next = results.poll();
        }
        return next == null ? queries.poll() : next;
    }

    private void write(Frame frame) {
        if (bulk.takes(frame)) {
            return;
        }
        Frames.eachCargo(frame, SEAL);
        try {
            if (!(frame instanceof Cargo cargo) || !cargo.skipped()) {
                FrameEncoder.encode(frame, buffer());
            }
        } catch (IllegalArgumentException e) {
            unwritable(e);
        } finally {
            Frames.eachCargo(frame, releaseWritten);
        }
        if (Frames.isResult(frame) || Frames.isQuery(frame)) {
            written.lazySet(written.get() + 1);
        }
        ByteBuf buffer = open;
        if (buffer != null && buffer.readableBytes() >= BUFFER_BYTES) {
            seal();
        }
    }

    private void written(Cargo cargo) {
        if (cargo.skipped()) {
            (cargo instanceof ResultFrame ? results : queries).giveBack(cargo.weight());
            if (cargo.ref() != 0) {
                FrameEncoder.encode(new Frame.Chunk(cargo.ref(), true, Unpooled.EMPTY_BUFFER), buffer());
            }
        }
        cargo.release();
    }

    private void chunk() {
        Transfer.Piece piece = bulk.next();
        if (piece != null) {
            FrameEncoder.encodeChunkHead(piece.ref(), piece.bytes().readableBytes(), buffer());
            seal();
            ready.add(piece.bytes());
        }
    }

    private ByteBuf buffer() {
        ByteBuf buffer = open;
        if (buffer == null) {
            buffer = allocator.directBuffer(FIRST_BUFFER_BYTES);
            open = buffer;
        }
        return buffer;
    }

    private void seal() {
        if (open != null) {
            ready.add(open);
            open = null;
        }
    }

    private void emit(Subscriber<? super ByteBuf> downstream) {
        while (!ready.isEmpty() && requested.get() > 0) {
            if (requested.get() != Long.MAX_VALUE) {
                requested.decrementAndGet();
            }
            downstream.onNext(ready.remove());
        }
    }

    private void finish(@Nullable Subscriber<? super ByteBuf> downstream) {
        if (downstream != null && !completed) {
            completed = true;
            farewell(downstream);
            downstream.onComplete();
        }
        seal();
        ready.forEach(ByteBuf::release);
        ready.clear();
        bulk.releaseAll();
        for (Frame frame = control.poll(); frame != null; frame = control.poll()) {
            Frames.release(frame);
        }
        results.releaseAll();
        queries.releaseAll();
    }

    /** What the peer should still know, above all the proof by which it finds out for itself why there is no link. */
    private void farewell(Subscriber<? super ByteBuf> downstream) {
        if (abandoned || !ready.isEmpty() || requested.get() == 0) {
            return;
        }
        for (Frame frame = control.poll(); frame != null; frame = control.poll()) {
            write(frame);
        }
        seal();
        emit(downstream);
    }
}
