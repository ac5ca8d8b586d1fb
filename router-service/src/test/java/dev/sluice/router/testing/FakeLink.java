package dev.sluice.router.testing;

import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Frame.Hello;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.Role;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A link that remembers what was written to it. Treats cargo as a real one does: seals it when it is written, leaves out what
 * was cancelled before, releases it then, or when the link is closed. Any thread may send.
 */
public final class FakeLink implements Link {

    /** A batch as its host reads it. */
    public record SentBatch(long number, boolean staged, String replica, String method, List<SentItem> items) {}

    public record SentItem(long exchange, long budgetNanos, String body) {}

    /** A result as its caller reads it. */
    public record SentResult(long exchange, ResultFrame.Kind kind, String mediaType, String body) {}

    private final Hello peer;
    private final Executor executor;
    private final ArrayDeque<Frame> unwritten = new ArrayDeque<>();
    private final List<Object> written = new ArrayList<>();
    private volatile @Nullable LinkReceiver receiver;
    private volatile @Nullable String closedFor;
    private volatile Consumer<BatchFrame> onBatch = batch -> {};
    private boolean stalled;
    private volatile long roundTripNanos;

    public FakeLink(Hello peer, Executor executor) {
        this.peer = peer;
        this.executor = executor;
    }

    public static Hello hello(Role role, String nodeId) {
        return hello(role, nodeId, 64L << 20, 256L << 20);
    }

    public static Hello hello(Role role, String nodeId, long maxPayload, long queryCredit) {
        return hello(role, nodeId, 1, maxPayload, queryCredit);
    }

    /** Of a host's process. */
    public static Hello hello(String nodeId, long incarnation) {
        return hello(Role.HOST, nodeId, incarnation, 64L << 20, 256L << 20);
    }

    private static Hello hello(Role role, String nodeId, long incarnation, long maxPayload, long queryCredit) {
        byte[] nonce = new byte[Hello.NONCE_BYTES];
        return new Hello(Hello.VERSION, role, nodeId, incarnation, nonce, maxPayload, queryCredit, 256L << 20, 3000, 0);
    }

    public void receiver(LinkReceiver to) {
        receiver = to;
    }

    /** Shows each batch, as it is written, to a test that needs more of it than is kept. */
    public void onBatch(Consumer<BatchFrame> look) {
        onBatch = look;
    }

    /** The peer sends this. */
    public void receive(Frame frame) {
        LinkReceiver to = receiver;
        if (to == null) {
            throw new IllegalStateException("nobody receives on this link");
        }
        to.received(frame);
    }

    /** Nothing is written from now on, since the peer gives no credit. */
    public synchronized void stall() {
        stalled = true;
    }

    /** What waits is written, and what comes later at once. */
    public synchronized void resume() {
        stalled = false;
        for (Frame frame = unwritten.poll(); frame != null; frame = unwritten.poll()) {
            write(frame);
        }
    }

    public void roundTrip(long nanos) {
        roundTripNanos = nanos;
    }

    /** All that was written and is not forgotten, in order. */
    public synchronized <T> List<T> written(Class<T> type) {
        return written.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What was written of this type; forgets it. */
    public synchronized <T> List<T> take(Class<T> type) {
        List<T> taken = written(type);
        written.removeIf(type::isInstance);
        return taken;
    }

    /** Why the link was closed; null while it is open. */
    public @Nullable String closedFor() {
        return closedFor;
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
        if (closedFor != null) {
            release(frame);
        } else if (stalled) {
            unwritten.add(frame);
        } else {
            write(frame);
        }
    }

    private void write(Frame frame) {
        if (frame instanceof BatchFrame batch) {
            onBatch.accept(batch);
            List<SentItem> items = new ArrayList<>();
            for (BatchItem item : batch.items()) {
                item.seal();
                if (!item.skipped()) {
                    items.add(new SentItem(item.exchange(), item.budgetNanos(), text(item)));
                }
            }
            written.add(new SentBatch(batch.batch(), batch.staged(), batch.replica(), batch.method(), items));
        } else if (frame instanceof ResultFrame result) {
            result.seal();
            written.add(new SentResult(result.exchange(), result.kind(), result.mediaType(), text(result)));
        } else {
            written.add(frame);
        }
        release(frame);
    }

    private static String text(Cargo cargo) {
        return new String(ByteBufUtil.getBytes(cargo.body()), StandardCharsets.UTF_8);
    }

    private static void release(Frame frame) {
        if (frame instanceof Cargo cargo) {
            cargo.release();
        } else if (frame instanceof BatchFrame batch) {
            batch.release();
        }
    }

    @Override
    public void enqueue(Frame frame) {
        send(frame);
    }

    @Override
    public void flush() {}

    @Override
    public void cancel(long exchange, Cargo cargo) {
        cargo.cancel();
        if (cargo.written()) {
            send(new Frame.Cancel(exchange));
        }
    }

    @Override
    public long roundTripNanos() {
        return roundTripNanos;
    }

    @Override
    public void close(String reason) {
        executor.execute(() -> end(reason));
    }

    private void end(String reason) {
        if (isOpen()) {
            closedFor = reason;
            LinkReceiver to = receiver;
            if (to != null) {
                to.closed(reason);
            }
            drop();
        }
    }

    private synchronized void drop() {
        unwritten.forEach(FakeLink::release);
        unwritten.clear();
    }

    @Override
    public boolean isFlushed() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return closedFor == null;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public String toString() {
        return peer.nodeId();
    }
}
