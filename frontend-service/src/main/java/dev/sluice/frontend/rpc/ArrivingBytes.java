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
 * is no room for them. Its connection's event loop counts; whoever takes a message up asks for what it was counted for.
 */
public final class ArrivingBytes extends ServerStreamTracer {

    private static final Context.Key<ArrivingBytes> KEY = Context.key("sluice-arriving");

    private final RetainedBytes retained;
    private final Consumer<ArrivingBytes> whenClosed;
    private final AtomicLong held = new AtomicLong();
    private final Queue<Long> complete = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Consumer<Failure> end;
    private volatile long arrived;
    private volatile boolean awaited;

    // only the event loop touches these
    private long ofAll;
    private long ofThisMessage;
    private boolean refused;

    // only the one who looks touches these
    private long arrivedAtLastLook = -1;

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

    /**
     * @param ends the call, with a failure, on any thread
     * @param firstAwaited whether a message has to come at all
     */
    public void endBy(Consumer<Failure> ends, boolean firstAwaited) {
        end = ends;
        awaited = firstAwaited && complete.isEmpty();
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
        awaited = false;
        complete.add(ofThisMessage);
        ofThisMessage = 0;
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
        Long bytes = complete.poll();
        return bytes == null ? 0 : Math.min(bytes, held.getAndUpdate(all -> Math.max(0, all - bytes)));
    }

    /** Ends the call where a message is awaited and nothing of it came since the last look. Looks do not overlap. */
    void look(Failure failure) {
        long now = arrived;
        if (!awaited) {
            arrivedAtLastLook = -1;
        } else if (arrivedAtLastLook == now) {
            endBecauseOf(failure);
        } else {
            arrivedAtLastLook = now;
        }
    }
}
