package dev.sluice.common.testing;

import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Frame.Hello;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.EmptyByteBuf;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A link whose peer is the test: it keeps what is sent, and the test decides when that is written, what comes back and when
 * the link breaks. As a real one it releases cargo once it is written, or cancelled before, or the link is closed.
 * Thread-safe; what the test delivers and closes it does from one thread at a time, as an event loop would.
 */
public final class FakeLink implements Link {

    private static final int PATIENCE_SECONDS = 120;

    private final Hello peer;
    private final Queue<Frame> unwritten = new ArrayDeque<>();
    private final BlockingQueue<Frame> written = new LinkedTransferQueue<>();
    private final Map<Cargo, String> bodies = Collections.synchronizedMap(new IdentityHashMap<>());
    private final Map<Cargo, Meta> metas = Collections.synchronizedMap(new IdentityHashMap<>());
    private final List<ByteBuf> buffers = Collections.synchronizedList(new ArrayList<>());
    private volatile LinkReceiver receiver;
    private volatile boolean open = true;
    private boolean holding;
    private int flushes;

    public FakeLink(Role role, String nodeId) {
        peer = new Hello(
                1, role, nodeId, nodeId.hashCode(), new byte[Hello.NONCE_BYTES], 1 << 20, 1 << 20, 1 << 20, 3000, 0);
    }

    /** Who takes what {@link #deliver} brings. */
    public FakeLink to(LinkReceiver to) {
        receiver = to;
        return this;
    }

    /** From here on frames wait, as where there is no credit. */
    public synchronized void holdBack() {
        holding = true;
    }

    public synchronized void writeOn() {
        holding = false;
        for (Frame frame = unwritten.poll(); frame != null; frame = unwritten.poll()) {
            write(frame);
        }
    }

    /** The next frame that was written; waits for it. */
    public Frame next() throws InterruptedException {
        Frame frame = written.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("nothing was sent to " + peer.nodeId() + " for " + PATIENCE_SECONDS + " s");
        }
        return frame;
    }

    /** The next frame that was written and is of this kind; those before it are dropped. */
    public <T extends Frame> T next(Class<T> kind) throws InterruptedException {
        Frame frame = next();
        while (!kind.isInstance(frame)) {
            frame = next();
        }
        return kind.cast(frame);
    }

    /** What was written and not looked at so far; does not wait. */
    public List<Frame> rest() {
        List<Frame> rest = new ArrayList<>();
        written.drainTo(rest);
        return rest;
    }

    /** The body of a cargo that was written, as text. */
    public String body(Cargo cargo) {
        return bodies.get(cargo);
    }

    public Meta meta(Cargo cargo) {
        return metas.get(cargo);
    }

    /** Brings a frame as the peer would send it. */
    public void deliver(Frame frame) {
        receiver.received(frame);
    }

    /** What was sent so far and is still held by anyone. */
    public synchronized List<ByteBuf> unreleased() {
        return buffers.stream()
                .filter(buffer -> buffer.refCnt() > 0 && !(buffer instanceof EmptyByteBuf))
                .toList();
    }

    public synchronized int flushes() {
        return flushes;
    }

    @Override
    public InetSocketAddress peerAddress() {
        return InetSocketAddress.createUnresolved("127.0.0.1", 7000);
    }

    @Override
    public Hello peer() {
        return peer;
    }

    @Override
    public synchronized void send(Frame frame) {
        enqueue(frame);
        flush();
    }

    @Override
    public synchronized void enqueue(Frame frame) {
        eachCargo(frame, cargo -> buffers.add(cargo.data()));
        if (!open) {
            eachCargo(frame, Cargo::release);
        } else if (holding) {
            unwritten.add(frame);
        } else {
            write(frame);
        }
    }

    private void write(Frame frame) {
        eachCargo(frame, Cargo::seal);
        eachCargo(frame, cargo -> {
            metas.put(cargo, cargo.meta());
            bodies.put(cargo, cargo.body().toString(StandardCharsets.UTF_8));
        });
        if (!(frame instanceof Cargo cargo) || !cargo.skipped()) {
            written.add(frame);
        }
        eachCargo(frame, Cargo::release);
    }

    private static void eachCargo(Frame frame, Consumer<Cargo> action) {
        if (frame instanceof Cargo cargo) {
            action.accept(cargo);
        } else if (frame instanceof BatchFrame batch) {
            batch.items().forEach(action);
        }
    }

    @Override
    public synchronized void flush() {
        flushes++;
    }

    @Override
    public synchronized void cancel(long exchange, Cargo cargo) {
        cargo.cancel();
        if (cargo.written()) {
            send(new Frame.Cancel(exchange));
        } else if (cargo instanceof Frame frame && unwritten.remove(frame)) {
            cargo.release();
        }
    }

    @Override
    public long roundTripNanos() {
        return 0;
    }

    @Override
    public void close(String reason) {
        synchronized (this) {
            if (!open) {
                return;
            }
            open = false;
        }
        if (receiver != null) {
            receiver.closed(reason);
        }
        synchronized (this) {
            unwritten.forEach(frame -> eachCargo(frame, Cargo::release));
            unwritten.clear();
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public synchronized boolean isFlushed() {
        return unwritten.isEmpty();
    }

    @Override
    public Executor executor() {
        return Runnable::run;
    }

    @Override
    public String toString() {
        return peer.nodeId();
    }
}
