package dev.sluice.router.dispatch;

import dev.sluice.common.error.Failure;
import dev.sluice.common.wire.ResultFrame;
import org.jspecify.annotations.Nullable;

/** Where a query came from, and the way back for its outcome. Thread-safe. */
interface Origin {

    /** What the way there and back takes; 0 where there is none. */
    long roundTripNanos();

    /** The largest result that it takes. */
    long mostResultBytes();

    /** Of the query for which this one is asked; null where nobody asks for another. */
    default @Nullable CallAllowance allowance() {
        return null;
    }

    /** Passes a result on, with its bytes and its credit as they are. */
    void pass(RoutedQuery query, ResultFrame result);

    void fail(long exchange, Failure failure);

    /** Where the time of a query went, which is about to have its outcome. */
    default void report(RoutedQuery query, long now) {}

    /** The query has its outcome: forgets it and frees its input. */
    void forget(RoutedQuery query);
}
