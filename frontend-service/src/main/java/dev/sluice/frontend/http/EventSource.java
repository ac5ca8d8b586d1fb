package dev.sluice.frontend.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The events of one response as the connection asks for them, so that a slow reader slows the query down and fills no
 * memory. Answers are asked for only up to half of what the connection takes: it asks for more only once it has sent half,
 * and the other half is for heartbeats and the last event, which go out while no answer comes. Only the connection's
 * event loop calls it.
 */
final class EventSource extends Flux<ByteBuf> implements Subscription {

    private final EventLoop loop;
    private final LongConsumer wantAnswers;
    private final Runnable onCancel;
    private @Nullable CoreSubscriber<? super ByteBuf> connection;
    private @Nullable ByteBuf first;
    private @Nullable ByteBuf last;
    private long requested;
    private long awaited = 1;
    private boolean quiet;
    private boolean done;

    /**
     * @param wantAnswers told how many more answers there is room for; the first is expected without asking
     * @param onCancel told when the connection wants no more events
     */
    EventSource(EventLoop loop, LongConsumer wantAnswers, Runnable onCancel) {
        this.loop = loop;
        this.wantAnswers = wantAnswers;
        this.onCancel = onCancel;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> subscriber) {
        connection = subscriber;
        subscriber.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        if (loop.inEventLoop()) {
            requested = Operators.addCap(requested, n);
            drain();
        } else {
            loop.execute(() -> request(n));
        }
    }

    /** An answer's event; never more of them than were wanted. */
    void answer(ByteBuf event) {
        awaited--;
        if (done) {
            event.release();
        } else if (connection == null || requested == 0) {
            first = event;
        } else {
            emit(event);
        }
    }

    /** The last event: after it the response ends. */
    void finish(ByteBuf event) {
        if (done || last != null) {
            event.release();
        } else {
            last = event;
            drain();
        }
    }

    /** Sends this if nothing was sent since the last call, and the connection can take it. */
    void heartbeat(ByteBuf comment) {
        if (quiet && requested > awaited && connection != null && last == null && !done) {
            emit(comment);
        } else {
            comment.release();
        }
        quiet = true;
    }

    private void drain() {
        ByteBuf held = first;
        if (held != null && requested > 0) {
            first = null;
            emit(held);
        }
        if (last != null && first == null && requested > 0 && connection != null && !done) {
            done = true;
            ByteBuf event = last;
            last = null;
            connection.onNext(event);
            connection.onComplete();
        } else if (last == null && first == null && requested > 0 && !done) {
            long more = Math.max(1, requested / 2) - awaited;
            if (more > 0) {
                awaited += more;
                wantAnswers.accept(more);
            }
        }
    }

    private void emit(ByteBuf event) {
        quiet = false;
        requested--;
        if (connection != null) {
            connection.onNext(event);
        }
    }

    @Override
    public void cancel() {
        onCancel.run();
    }

    void discard() {
        done = true;
        if (first != null) {
            first.release();
            first = null;
        }
        if (last != null) {
            last.release();
            last = null;
        }
    }
}
