package dev.sluice.frontend.flight.exchange;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.flight.wire.FlightOutput;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** One batch of a call: hands what comes over to the call's loop, and keeps it until it is the batch's turn. */
final class ExchangedBatch implements CoreSubscriber<Answer> {

    /**
     * Which it is.
     *
     * @param number among those of the call, from 0
     * @param label of its query
     * @param size in bytes
     * @param streaming whether its answers are asked for one by one
     */
    record Head(long number, QueryLabel label, long size, boolean streaming) {

        String id() {
            return label.id();
        }

        /** A failure of this batch. */
        Failure in(Failure failure) {
            return new Failure(
                    failure.code(), "Batch " + number + ": " + failure.message(), failure.retryAfterMillis());
        }
    }

    private final Exchange exchange;
    private final Head head;
    private final Translation.Result result;
    private volatile @Nullable Subscription upstream;

    // only the call's loop touches these
    private final Deque<Answer> waiting = new ArrayDeque<>();
    private boolean asked = true;
    private boolean ended;
    private boolean given;
    private boolean over;
    private @Nullable Throwable failure;

    ExchangedBatch(Exchange exchange, Head head, Translation.Result result) {
        this.exchange = exchange;
        this.head = head;
        this.result = result;
    }

    Head head() {
        return head;
    }

    /** Takes the answer's body over. */
    void keep(Answer answer) {
        asked = false;
        waiting.add(answer);
    }

    /** No more answers come. */
    void end(@Nullable Throwable cause) {
        ended = true;
        if (failure == null) {
            failure = cause;
        }
    }

    /** Gives what waits; it is this batch's turn. */
    void give(FlightOutput output) {
        for (Answer answer = waiting.poll(); answer != null; answer = waiting.poll()) {
            try {
                result.add(answer, message -> output.give(message, head.id()));
            } finally {
                answer.body().release();
            }
        }
        if (ended && failure == null && !given) {
            given = true;
            result.end(message -> output.give(message, head.id()));
        }
    }

    /** Why it has no results, or no more; null where it has, or it is not known yet. */
    @Nullable Throwable failure() {
        return ended ? failure : null;
    }

    boolean isDone() {
        return given;
    }

    boolean isOver() {
        return over;
    }

    /** Asks for the next answer, where they are asked for one by one. */
    void more() {
        Subscription query = upstream;
        if (head.streaming() && !asked && query != null) {
            asked = true;
            query.request(1);
        }
    }

    void close() {
        over = true;
        waiting.forEach(answer -> answer.body().release());
        waiting.clear();
        result.close();
    }

    /** @param late whether its queries end by themselves */
    void cancel(boolean late) {
        close();
        Subscription query = upstream;
        if (query != null && !late) {
            query.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(head.streaming() ? 1 : Long.MAX_VALUE);
    }

    @Override
    public void onNext(Answer answer) {
        exchange.post(() -> exchange.answered(this, answer));
    }

    @Override
    public void onError(Throwable cause) {
        exchange.post(() -> exchange.ended(this, cause));
    }

    @Override
    public void onComplete() {
        exchange.post(() -> exchange.ended(this, null));
    }
}
