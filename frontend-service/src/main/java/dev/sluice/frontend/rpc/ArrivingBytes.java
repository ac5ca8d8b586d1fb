package dev.sluice.frontend.rpc;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Gateway;
import io.grpc.Context;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of one call's messages from the first on, which gRPC keeps until a message is complete, and ends the call where there
 * is no room for them. Its connection's event loop counts, and whoever reads a compressed message what that becomes; whoever takes a
 * message up asks for what it was counted for.
 */
public final class ArrivingBytes extends ServerStreamTracer {

    private static final Context.Key<ArrivingBytes> KEY = Context.key("sluice-arriving");

    private final RetainedBytes retained;
    private final Consumer<ArrivingBytes> whenClosed;
    private final AtomicLong held = new AtomicLong();
    private final Queue<Long> complete = new ConcurrentLinkedQueue<>();
    /** Of plain messages, whose bytes are told a second time as unpacked. */
    private final AtomicLong toldTwice = new AtomicLong();

    private final AtomicLong unpacked = new AtomicLong();
    private volatile @Nullable Consumer<Failure> end;
    private volatile boolean handsOver;
    private volatile long arrived;
    private volatile int messages;
    private volatile boolean awaited;
    private volatile boolean endAwaited;
    private volatile Unreadable unreadable = Unreadable.NO_MESSAGE;

    // only the event loop touches these
    private long ofAll;
    private long ofThisMessage;
    private boolean refused;

    // only the one who looks touches these
    private long arrivedAtLastLook = -1;
    private int messagesAtLastLook;

    ArrivingBytes(RetainedBytes retained, Consumer<ArrivingBytes> whenClosed) {
        this.retained = retained;
        this.whenClosed = whenClosed;
    }

    /** Of the call that the current thread serves; null where its server does not count. */
    public static @Nullable ArrivingBytes current() {
        return KEY.get();
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(KEY, this);
    }

    /** Before anything is asked of the call. @param ends it, with a failure, on any thread */
    void endBy(Consumer<Failure> ends) {
        end = ends;
    }

    /** As above, of a call that asks itself what its messages were counted for, by {@link #handOver()}. */
    public void handOverAndEndBy(Consumer<Failure> ends) {
        handsOver = true;
        end = ends;
    }

    /** Whether somebody else does. */
    boolean handsOver() {
        return handsOver;
    }

    /** A message has to come, and the end behind it: until then the call's service does not begin. */
    void awaitEnd() {
        endAwaited = true;
        awaited = true;
    }

    void ended() {
        endAwaited = false;
        awaited = false;
    }

    @Override
    public void inboundMessage(int number) {
        awaited = true;
    }

    @Override
    public void inboundWireSize(long bytes) {
        ofAll += bytes;
        arrived = ofAll;
        if (refused) {
            return;
        }
        if (retained.take(bytes)) {
            ofThisMessage += bytes;
            held.addAndGet(bytes);
        } else {
            refuse(Gateway.FULL);
        }
    }

    @Override
    public void inboundMessageRead(int number, long wireBytes, long bytes) {
        awaited = endAwaited;
        messages = number + 1;
        if (bytes >= 0) {
            toldTwice.addAndGet(bytes);
        }
        complete.add(ofThisMessage);
        ofThisMessage = 0;
    }

    /** @throws io.grpc.StatusRuntimeException where there is no room: whoever reads the message is to stop */
    @Override
    public void inboundUncompressedSize(long bytes) {
        long more = bytes - Math.min(bytes, toldTwice.getAndUpdate(plain -> Math.max(0, plain - bytes)));
        if (more == 0) {
            return;
        }
        if (!retained.take(more)) {
            throw GrpcOutcomes.exception(Gateway.FULL);
        }
        held.addAndGet(more);
        unpacked.addAndGet(more);
    }

    /** Of the message that is being read. */
    void unreadable(Unreadable why) {
        unreadable = why;
    }

    /** Why the message that was read last is none. */
    Unreadable unreadable() {
        return unreadable;
    }

    private void refuse(Failure failure) {
        refused = true;
        endBecauseOf(failure);
    }

    private void endBecauseOf(Failure failure) {
        Consumer<Failure> ends = end;
        if (ends != null) {
            ends.accept(failure);
        }
    }

    @Override
    public void streamClosed(Status status) {
        retained.give(held.getAndSet(0));
        whenClosed.accept(this);
    }

    /** What the next message was counted for, in their order: whoever takes it up counts it from now on. */
    public long handOver() {
        Long arrivedBytes = complete.poll();
        if (arrivedBytes == null) {
            return 0;
        }
        long bytes = arrivedBytes + unpacked.getAndSet(0);
        return Math.min(bytes, held.getAndUpdate(all -> Math.max(0, all - bytes)));
    }

    /** The next message, in their order, is gone, or counted by whoever has it. */
    public void giveBack() {
        retained.give(handOver());
    }

    /**
     * Ends the call where a message is awaited and too little of it came since the last look. Looks do not overlap.
     *
     * @param least bytes
     */
    void look(long least, Failure failure) {
        long now = arrived;
        int count = messages;
        if (!awaited) {
            arrivedAtLastLook = -1;
        } else if (arrivedAtLastLook >= 0 && count == messagesAtLastLook && now - arrivedAtLastLook < least) {
            endBecauseOf(failure);
        } else {
            arrivedAtLastLook = now;
        }
        messagesAtLastLook = count;
    }
}
