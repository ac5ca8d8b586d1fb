package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;

/** What answers queries in this router itself, by asking actors. Thread-safe. */
public interface Composition {

    /** What callers are told of it. */
    ActorDescriptor descriptor();

    /**
     * A query came. Returns at once.
     *
     * @return what to do when its caller is gone; the query is ended after that all the same
     */
    Runnable begin(ComposedQuery query);

    /** How long a query usually takes, in nanoseconds; 0 where that is not known. */
    long typicalNanos();

    /** As {@link #typicalNanos}, of the shortest way through it. */
    long leastNanos();
}
