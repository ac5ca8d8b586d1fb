package dev.sluice.frontend.gateway;

import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.query.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Takes the answers to one call, as fast as the test says. */
final class Caller implements CoreSubscriber<Answer> {

    private final long firstDemand;
    private final boolean leavesAtOnce;
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Object> ends = new ConcurrentLinkedQueue<>();
    private volatile Subscription subscription;

    private Caller(long firstDemand, boolean leavesAtOnce) {
        this.firstDemand = firstDemand;
        this.leavesAtOnce = leavesAtOnce;
    }

    static Caller eager() {
        return new Caller(Long.MAX_VALUE, false);
    }

    static Caller slow() {
        return new Caller(0, false);
    }

    static Caller leavingAtOnce() {
        return new Caller(Long.MAX_VALUE, true);
    }

    boolean leavesAtOnce() {
        return leavesAtOnce;
    }

    void request(long n) {
        subscription.request(n);
    }

    void leave() {
        subscription.cancel();
    }

    List<String> answers() {
        return answers;
    }

    /** How often the call ended: 0 or 1. */
    int ends() {
        return ends.size();
    }

    boolean completed() {
        return ends.size() == 1 && ends.peek() instanceof String;
    }

    Failure failure() {
        if (ends.size() != 1 || !(ends.peek() instanceof QueryException refused)) {
            throw new AssertionError("expected one failure, there was " + ends);
        }
        return refused.failure();
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        if (leavesAtOnce) {
            given.cancel();
        } else if (firstDemand > 0) {
            given.request(firstDemand);
        }
    }

    @Override
    public void onNext(Answer answer) {
        answers.add(answer.body().toString(StandardCharsets.UTF_8));
        answer.body().release();
    }

    @Override
    public void onError(Throwable thrown) {
        ends.add(thrown);
    }

    @Override
    public void onComplete() {
        ends.add("complete");
    }
}
