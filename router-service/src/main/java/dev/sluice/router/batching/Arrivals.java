package dev.sluice.router.batching;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The arrivals of one actor, from all links. Emits on the thread that brings the query, so several may at once: its one
 * subscriber, the {@link MicroBatcher}, is made for that. Never waits for demand: what is too much is refused by the
 * scheduler's limits, not by an error here.
 */
public final class Arrivals<Q> extends Flux<Q> {

    private volatile @Nullable CoreSubscriber<? super Q> subscriber;

    /** Any thread. */
    public void arrive(Q query) {
        CoreSubscriber<? super Q> to = subscriber;
        if (to == null) {
            throw new IllegalStateException("nobody takes the arrivals yet");
        }
        to.onNext(query);
    }

    @Override
    public void subscribe(CoreSubscriber<? super Q> actual) {
        if (subscriber != null) {
            Operators.error(actual, new IllegalStateException("arrivals go to one batcher"));
            return;
        }
        subscriber = actual;
        actual.onSubscribe(Operators.emptySubscription());
    }
}
