package dev.sluice.frontend.query;

import java.util.List;

/** How queries ended in this frontend's life, by method of one version of an actor. */
@FunctionalInterface
public interface QueryStatistics {

    /** None are counted. */
    QueryStatistics NONE = List::of;

    /** Of every method that a router told of, in no order. */
    List<OfMethod> all();

    /**
     * @param answered queries that had their result
     * @param answeredNanos how long these took together, in nanoseconds
     * @param failed queries that ended without one, those shed and expired included
     * @param failedNanos as for answered
     * @param cancelled queries whose caller went away
     * @param cancelledNanos as for answered
     */
    record OfMethod(
            String actor,
            String version,
            String method,
            long answered,
            long answeredNanos,
            long failed,
            long failedNanos,
            long cancelled,
            long cancelledNanos) {}
}
