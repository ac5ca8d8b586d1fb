package dev.sluice.frontend.http;

import dev.sluice.frontend.query.Answer;
import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Hands answers over to a connection's event loop, so that who receives them there needs no locks, and releases those
 * that arrive while their receiver goes. Not {@code publishOn}: to release what it drops takes a discard hook, and hooks
 * of one chain add up, so that a gateway with one of its own would release everything twice.
 */
final class OnLoop implements CoreSubscriber<Answer>, Subscription, Runnable {

    private final CoreSubscriber<Answer> receiver;
    private final EventLoop loop;
    private final Queue<Answer> queue = new ConcurrentLinkedQueue<>();
    private @Nullable Subscription upstream;
    private volatile @Nullable Throwable failure;
    private volatile boolean upstreamEnded;

    // only the event loop touches these
    private boolean draining;
    private boolean over;

    OnLoop(CoreSubscriber<Answer> receiver, EventLoop loop) {
        this.receiver = receiver;
        this.loop = loop;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        receiver.onSubscribe(this);
    }

    @Override
    public void onNext(Answer answer) {
        queue.add(answer);
        handOver();
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        upstreamEnded = true;
        handOver();
    }

    @Override
    public void onComplete() {
        upstreamEnded = true;
        handOver();
    }

    private void handOver() {
        if (loop.inEventLoop()) {
            run();
            return;
        }
        try {
            loop.execute(this);
        } catch (RejectedExecutionException e) {
            releaseAll();
        }
    }

    @Override
    public void run() {
        if (draining) {
            return;
        }
        draining = true;
        boolean ended = upstreamEnded;
        for (Answer answer = queue.poll(); answer != null; answer = queue.poll()) {
            if (over) {
                answer.body().release();
            } else {
                receiver.onNext(answer);
            }
            ended = upstreamEnded;
        }
        draining = false;
        if (ended && !over) {
            over = true;
            Throwable cause = failure;
            if (cause != null) {
                receiver.onError(cause);
            } else {
                receiver.onComplete();
            }
        }
    }

    @Override
    public void request(long n) {
        if (upstream != null) {
            upstream.request(n);
        }
    }

    @Override
    public void cancel() {
        over = true;
        if (upstream != null) {
            upstream.cancel();
        }
        if (!draining) {
            releaseAll();
        }
    }

    private void releaseAll() {
        for (Answer answer = queue.poll(); answer != null; answer = queue.poll()) {
            answer.body().release();
        }
    }
}
