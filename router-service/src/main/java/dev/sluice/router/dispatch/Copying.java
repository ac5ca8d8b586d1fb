package dev.sluice.router.dispatch;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.Failure;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import org.jspecify.annotations.Nullable;

/**
 * One query and the copy of it that another version gets. The copy's answer is compared and dropped; what it costs is its own
 * version's replicas' time and nothing that the query has to wait for.
 */
final class Copying {

    private final Destination to;
    private final RoutedQuery copy;
    private final RetainedBytes retained;
    private final Comparison comparison;
    private final boolean streamsOneBody;

    private Copying(QueryFrame frame, Destination to, RetainedBytes retained) {
        this.to = to;
        this.retained = retained;
        this.comparison = new Comparison(how -> to.outcomes().compared(frame.method(), how));
        QueryFrame copied = new QueryFrame(
                frame.exchange(),
                frame.budgetNanos(),
                frame.priority(),
                frame.actor(),
                frame.method(),
                to.descriptor().version(),
                frame.metaLength(),
                frame.data().retainedDuplicate());
        this.streamsOneBody = to.descriptor()
                .method(frame.method())
                .filter(MethodDescriptor::streamsOneBody)
                .isPresent();
        this.copy = new RoutedQuery(copied, new OfCopy(), to, to.shard().now());
    }

    /**
     * @param to what gets the copy
     * @param retained what copies may hold: what queries may is not theirs to take
     * @return null where none is made: there is nothing to get it, or no room for it, which is counted
     */
    static @Nullable Copying of(QueryFrame frame, @Nullable Destination to, RetainedBytes retained) {
        if (to == null
                || to.replicaCount() == 0
                || to.descriptor().method(frame.method()).isEmpty()) {
            return null;
        }
        if (!retained.take(RoutedQuery.charge(frame))) {
            to.outcomes().compared(frame.method(), DispatchMetrics.Compared.NO_ROOM);
            return null;
        }
        return new Copying(frame, to, retained);
    }

    /** Where the query came from, with an eye on what goes back there. */
    Origin original(Origin origin) {
        return new OfQuery(origin);
    }

    /** Once the query is on its way. */
    void begin() {
        to.arrive(copy);
    }

    /** The query is none after all. */
    void giveUp() {
        copy.origin().forget(copy);
    }

    private final class OfQuery implements Origin {
        private final Origin origin;

        OfQuery(Origin origin) {
            this.origin = origin;
        }

        @Override
        public long roundTripNanos() {
            return origin.roundTripNanos();
        }

        @Override
        public long mostResultBytes() {
            return origin.mostResultBytes();
        }

        @Override
        public @Nullable CallAllowance allowance() {
            return origin.allowance();
        }

        @Override
        public void pass(RoutedQuery query, ResultFrame result) {
            comparison.queryHas(result);
            origin.pass(query, result);
        }

        @Override
        public void fail(long exchange, Failure failure) {
            origin.fail(exchange, failure);
        }

        @Override
        public void report(RoutedQuery query, long now) {
            origin.report(query, now);
        }

        @Override
        public void forget(RoutedQuery query) {
            origin.forget(query);
            comparison.queryEnded();
        }
    }

    private final class OfCopy implements Origin {

        @Override
        public long roundTripNanos() {
            return 0;
        }

        @Override
        public long mostResultBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public void pass(RoutedQuery query, ResultFrame result) {
            comparison.copyHas(result);
            result.release();
            if (streamsOneBody) {
                to.taken(query, 1);
            }
        }

        @Override
        public void fail(long exchange, Failure failure) {
            // Nobody is told; that it has no answer is what counts.
        }

        @Override
        public void forget(RoutedQuery query) {
            retained.give(query.retainedBytes());
            query.frame().release();
            comparison.copyEnded();
        }
    }
}
