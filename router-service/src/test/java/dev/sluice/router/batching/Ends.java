package dev.sluice.router.batching;

import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.Queued;
import dev.sluice.scheduling.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Both ends of a batcher's work: takes its batches and hears of all that is in none, and remembers. */
final class Ends implements CoreSubscriber<Batch>, QueueListener<TestQuery> {

    final List<String> batches = new ArrayList<>();
    final List<Batch> taken = new ArrayList<>();
    final List<String> shed = new ArrayList<>();
    final List<String> removed = new ArrayList<>();
    final List<String> waiting = new ArrayList<>();
    final List<String> signals = new ArrayList<>();

    /** Shrinks by each batch. */
    int room = Integer.MAX_VALUE;

    @Nullable Subscription subscription;

    void request(long batches) {
        subscription().request(batches);
    }

    void cancel() {
        subscription().cancel();
    }

    private Subscription subscription() {
        Subscription now = subscription;
        if (now == null) {
            throw new IllegalStateException("not subscribed");
        }
        return now;
    }

    @Override
    public int room() {
        return room;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(Batch batch) {
        room--;
        taken.add(batch);
        List<Queued> queries = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            queries.add(batch.get(i));
        }
        batches.add(batch.method() + queries);
    }

    @Override
    public void onError(Throwable failure) {
        signals.add("error " + failure.getMessage());
    }

    @Override
    public void onComplete() {
        signals.add("complete");
    }

    @Override
    public void shed(TestQuery query, Reason why) {
        shed.add(query + " " + why);
    }

    @Override
    public void waiting(TestQuery query) {
        waiting.add(query.toString());
    }

    @Override
    public void removed(TestQuery query) {
        removed.add(query.toString());
    }
}
