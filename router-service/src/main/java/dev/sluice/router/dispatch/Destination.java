package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.router.batching.Shard;

/** One version of one actor, wherever its queries are answered. Thread-safe. */
sealed interface Destination permits ActorDispatcher, ComposedActor {

    ActorDescriptor descriptor();

    /** How many can answer queries now; of what needs no replicas, 1. */
    int replicaCount();

    /** Whose clock its queries are timed by. */
    Shard shard();

    Outcomes outcomes();

    void arrive(RoutedQuery query);

    /** The caller is gone. */
    void cancel(RoutedQuery query);

    /** So many more items of its stream have gone on to the caller. */
    void taken(RoutedQuery query, int items);

    /** How long a query usually takes once it is its turn; 0 where that is not known. */
    long typicalNanos(String method);

    /** How long it takes where it does no more than it has to; as usual, unless it is made of others. */
    default long leastNanos(String method) {
        return typicalNanos(method);
    }
}
