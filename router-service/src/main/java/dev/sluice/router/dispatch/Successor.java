package dev.sluice.router.dispatch;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where queries go on that wait for a version whose last replica is gone, while another version of the actor serves: to the one that
 * they would get if they came now. All versions of an actor share a shard, on which this is called.
 */
final class Successor {

    private final Supplier<@Nullable Destination> serving;

    /** @param serving the version that a query gets now which names none; null where there is none */
    Successor(Supplier<@Nullable Destination> serving) {
        this.serving = serving;
    }

    /** Whether there is one for a query, other than what it waits for. */
    boolean isThereFor(RoutedQuery query) {
        return of(query) != null;
    }

    /** Hands a query over that waits nowhere; false where there is nobody to take it. */
    boolean takes(RoutedQuery query) {
        ActorDispatcher next = of(query);
        if (next == null) {
            return false;
        }
        query.movesTo(next);
        next.batcher().giveBack(query);
        return true;
    }

    private @Nullable ActorDispatcher of(RoutedQuery query) {
        if (!query.frame().version().isEmpty() || query.cancelled()) {
            return null;
        }
        return serving.get() instanceof ActorDispatcher next
                        && next != query.dispatcher()
                        && next.replicaCount() > 0
                        && next.descriptor().method(query.method()).isPresent()
                ? next
                : null;
    }
}
