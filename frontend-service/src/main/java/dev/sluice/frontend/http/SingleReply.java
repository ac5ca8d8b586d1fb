package dev.sluice.frontend.http;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Answer;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Waits for a query's only answer and hands it over on the connection's event loop, where also {@link #cancel} runs: so
 * an answer that comes while the caller goes is either sent or released there.
 */
final class SingleReply implements CoreSubscriber<Answer>, Runnable, Reply {

    private final Outcome outcome;
    private final EventLoop loop;
    private @Nullable Subscription upstream;
    private @Nullable Answer answer;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean cancelled;

    SingleReply(Outcome outcome, EventLoop loop) {
        this.outcome = outcome;
        this.loop = loop;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Answer next) {
        if (ended) {
            next.body().release();
        } else {
            answer = next;
            end();
        }
    }

    @Override
    public void onError(Throwable cause) {
        if (!ended) {
            failure = cause;
            end();
        }
    }

    @Override
    public void onComplete() {
        if (!ended) {
            failure = new Failure(ErrorCode.FAILED, "The query ended without a result.").toException();
            end();
        }
    }

    private void end() {
        ended = true;
        if (loop.inEventLoop()) {
            run();
            return;
        }
        try {
            loop.execute(this);
        } catch (RejectedExecutionException e) {
            if (answer != null) {
                answer.body().release();
            }
        }
    }

    @Override
    public void run() {
        Answer result = answer;
        if (cancelled) {
            if (result != null) {
                result.body().release();
            }
        } else if (result != null) {
            outcome.answered(result);
        } else if (failure != null) {
            outcome.failed(failure);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        if (upstream != null) {
            upstream.cancel();
        }
    }
}
