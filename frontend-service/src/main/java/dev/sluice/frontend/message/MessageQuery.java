package dev.sluice.frontend.message;

import dev.sluice.common.concurrent.DrainLoop;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * A query in flight of a connection that has many: takes its results on whatever thread they come, and deals with them on the
 * connection's own. It stands in that thread's queue at most once, however many results wait here, and there are never more of
 * those than were asked for.
 */
public abstract class MessageQuery extends DrainLoop implements CoreSubscriber<Answer> {

    /** What a query is replied to with that its client gave up. */
    public static final Failure CANCELLED = new Failure(ErrorCode.CANCELLED, "The client has cancelled this query.");

    private final QueryLabel label;
    private final Runnable onEnd;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Subscription upstream;
    private volatile @Nullable Failure failure;
    private volatile boolean upstreamEnded;
    private volatile boolean over;
    private boolean answered;
    private long lastAnswerNanos;

    /** @param onEnd called once when it is over, on the connection's thread */
    protected MessageQuery(Executor thread, QueryLabel label, Runnable onEnd) {
        super(thread);
        this.label = label;
        this.onEnd = onEnd;
    }

    /** How many results are asked for to begin with. */
    protected abstract long demand();

    /** Replies with a result, or keeps it; on the connection's thread. Takes its body over. */
    protected abstract void answered(Answer answer);

    /** No more results come; on the connection's thread, and not after {@link #finish}. */
    protected abstract void ended(@Nullable Failure why);

    /** Releases what it keeps. */
    protected void discard() {}

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        if (over) {
            subscription.cancel();
        } else {
            subscription.request(demand());
        }
    }

    @Override
    public void onNext(Answer answer) {
        answers.add(answer);
        handOver();
    }

    @Override
    public void onError(Throwable cause) {
        failure = label.failure(cause);
        upstreamEnded = true;
        handOver();
    }

    @Override
    public void onComplete() {
        upstreamEnded = true;
        handOver();
    }

    private void handOver() {
        try {
            wake();
        } catch (RejectedExecutionException e) {
            // The connection's thread has ended, and whoever ended it has ended this query.
            releaseAll();
        }
    }

    /** More results are wanted; on any thread. */
    protected void request(long more) {
        Subscription subscription = upstream;
        if (subscription != null && !over) {
            subscription.request(more);
        }
    }

    @Override
    protected void drain() {
        boolean last = upstreamEnded;
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            if (over) {
                answer.body().release();
            } else {
                answered = true;
                lastAnswerNanos = System.nanoTime();
                try {
                    answered(answer);
                } catch (RuntimeException | Error e) {
                    fail(label.failure(e));
                }
            }
        }
        if (last && !over) {
            end(failure);
        }
    }

    /** The client is told, and nothing more is wanted. */
    private void fail(Failure why) {
        if (!over) {
            Subscription subscription = upstream;
            if (subscription != null && !upstreamEnded) {
                subscription.cancel();
            }
            end(why);
        }
    }

    private void end(@Nullable Failure why) {
        over = true;
        try {
            ended(why);
        } finally {
            onEnd.run();
        }
    }

    /** The last reply is given, and no more results are wanted; on the connection's thread. */
    public void finish() {
        if (!over) {
            over = true;
            discard();
            Subscription subscription = upstream;
            if (subscription != null && !upstreamEnded) {
                subscription.cancel();
            }
            releaseAll();
            onEnd.run();
        }
    }

    public boolean isOver() {
        return over;
    }

    /** Whether it had a result, and none for so long; on the connection's thread. */
    public boolean isQuietFor(long nanos) {
        return answered && System.nanoTime() - lastAnswerNanos >= nanos;
    }

    private void releaseAll() {
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.body().release();
        }
    }
}
