package dev.sluice.frontend.gateway;

import dev.sluice.common.concurrent.DrainLoop;
import dev.sluice.common.error.Failure;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.frontend.query.Answer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * The results of one query on their way to the caller, as far as it asked for them. What waits here keeps its credit on the
 * router's link, which all calls share: so only some of a stream may wait for a slow caller.
 *
 * <p>One thread at a time brings results; any thread may ask for them or cancel.
 */
final class Answers extends DrainLoop implements Subscription {

    /** Items of one stream that may wait. */
    static final int MOST_WAITING = 1024;

    /** Bytes of them; one item may wait whatever its size. */
    static final long MOST_WAITING_BYTES = 16 * 1024 * 1024;

    private final CoreSubscriber<? super Answer> subscriber;
    private final Runnable onCancel;
    private final Runnable onTaken;
    private final AtomicLong requested = new AtomicLong();
    private final Queue<ResultFrame> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingItems = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean cancelled;
    private volatile boolean discarded;
    private volatile boolean ended;
    private volatile @Nullable Failure failure;
    private boolean terminated;

    /**
     * @param onCancel the caller is gone; on its thread
     * @param onTaken the caller was given one of several results
     */
    Answers(CoreSubscriber<? super Answer> subscriber, Runnable onCancel, Runnable onTaken) {
        super(Runnable::run);
        this.subscriber = subscriber;
        this.onCancel = onCancel;
        this.onTaken = onTaken;
    }

    void begin() {
        subscriber.onSubscribe(this);
    }

    boolean cancelled() {
        return cancelled;
    }

    /** One of several results; false, and the result is still the caller's of this method, where too many wait. */
    boolean item(ResultFrame result) {
        int items = waitingItems.get();
        if (items >= MOST_WAITING || (items > 0 && waitingBytes.get() + result.size() > MOST_WAITING_BYTES)) {
            return false;
        }
        waitingBytes.addAndGet(result.size());
        waitingItems.incrementAndGet();
        waiting.add(result);
        wake();
        return true;
    }

    /** The last result; {@link #end} follows. */
    void last(ResultFrame result) {
        waiting.add(result);
    }

    /** No more results come. The caller is told once it has taken those that wait. */
    void end(@Nullable Failure why) {
        failure = why;
        ended = true;
        wake();
    }

    /** Drops what waits: the caller learns of the end without having taken it. */
    void discard() {
        discarded = true;
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            requested.updateAndGet(before -> Operators.addCap(before, n));
            wake();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        onCancel.run();
        wake();
    }

    @Override
    protected void drain() {
        boolean last = ended;
        if (cancelled || terminated || discarded) {
            for (ResultFrame result = poll(); result != null; result = poll()) {
                result.release();
            }
        } else {
            emit();
        }
        if (last && waiting.isEmpty() && !cancelled && !terminated) {
            terminated = true;
            terminate(failure);
        }
    }

    private void emit() {
        while (requested.get() > 0 && !cancelled) {
            ResultFrame result = poll();
            if (result == null) {
                return;
            }
            if (requested.get() != Long.MAX_VALUE) {
                requested.decrementAndGet();
            }
            Answer answer = new Answer(result.body().retain(), result.mediaType());
            boolean more = result.kind() == ResultFrame.Kind.ITEM;
            result.release();
            subscriber.onNext(answer);
            if (more) {
                onTaken.run();
            }
        }
    }

    private @Nullable ResultFrame poll() {
        ResultFrame result = waiting.poll();
        if (result != null && result.kind() == ResultFrame.Kind.ITEM) {
            waitingItems.decrementAndGet();
            waitingBytes.addAndGet(-result.size());
        }
        return result;
    }

    private void terminate(@Nullable Failure why) {
        if (why == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(why.toException());
        }
    }
}
