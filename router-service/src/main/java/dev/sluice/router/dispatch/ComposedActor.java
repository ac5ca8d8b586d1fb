package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.router.batching.Shard;

/** One version of an actor that is made of others. It has no queue: those whom it asks have. */
final class ComposedActor implements Destination {

    private final Composition composition;
    private final Shard shard;
    private final Outcomes outcomes;

    ComposedActor(Composition composition, Shard shard, DispatchMetrics metrics) {
        this.composition = composition;
        this.shard = shard;
        this.outcomes = new Outcomes(shard, metrics);
    }

    Composition composition() {
        return composition;
    }

    @Override
    public ActorDescriptor descriptor() {
        return composition.descriptor();
    }

    @Override
    public int replicaCount() {
        return 1;
    }

    @Override
    public Shard shard() {
        return shard;
    }

    @Override
    public Outcomes outcomes() {
        return outcomes;
    }

    @Override
    public void arrive(RoutedQuery query) {
        query.onCancel(composition.begin(new ComposedQuery(query, outcomes)));
    }

    @Override
    public void cancel(RoutedQuery query) {
        query.onCancel().run();
    }

    /** Its results are whole. */
    @Override
    public void taken(RoutedQuery query, int items) {}

    @Override
    public long typicalNanos(String method) {
        return composition.typicalNanos();
    }

    @Override
    public long leastNanos(String method) {
        return composition.leastNanos();
    }
}
