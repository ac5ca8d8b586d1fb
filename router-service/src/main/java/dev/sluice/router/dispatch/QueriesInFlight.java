package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import java.util.function.Consumer;

/**
 * What becomes of an actor's queries that are in batches, where that takes a decision: hosts fail them, refuse them or are lost
 * with them, two replicas have one, or its caller leaves. Shard only.
 */
final class QueriesInFlight {

    private final Outcomes outcomes;
    private final Hedging hedging;
    private final Retries retries;
    private final int mostStarts;
    private final Consumer<RoutedQuery> again;

    /**
     * @param mostStarts how often an idempotent query may be started
     * @param again takes a query that is to be queued once more
     */
    QueriesInFlight(Outcomes outcomes, Hedging hedging, Retries retries, int mostStarts, Consumer<RoutedQuery> again) {
        this.outcomes = outcomes;
        this.hedging = hedging;
        this.retries = retries;
        this.mostStarts = mostStarts;
        this.again = again;
    }

    /** The caller is gone. Returns false where the query is in no batch, or its host was quicker. */
    boolean cancel(RoutedQuery query) {
        RunningBatch batch = query.batch();
        BatchItem item = query.item();
        HedgedQuery hedge = query.hedge();
        if (batch == null || item == null) {
            return false;
        }
        if (hedge != null) {
            hedging.cancelled(query, hedge, batch);
            return true;
        }
        if (!takeBack(query, batch, item)) {
            return false;
        }
        batch.cancelledOne();
        batch.replica().host().link().cancel(item.exchange(), item);
        outcomes.cancelled(query);
        return true;
    }

    /** The caller has so many more items of its stream: the host may make others. */
    void taken(RoutedQuery query, int items) {
        RunningBatch batch = query.batch();
        BatchItem item = query.item();
        if (batch != null && item != null) {
            batch.replica().host().link().send(new Frame.Taken(item.exchange(), items));
        }
    }

    private static boolean takeBack(RoutedQuery query, RunningBatch batch, BatchItem item) {
        return batch.replica().host().take(item.exchange()) == query;
    }

    /** A result of a query that two batches hold, or held. */
    void answered(RoutedQuery query, HostLink from, ResultFrame result) {
        HedgedQuery hedge = query.hedge();
        if (hedge == null) {
            outcomes.answered(query, result);
        } else {
            hedging.answered(query, hedge, hedge.side(from, result.exchange()), result);
        }
    }

    /**
     * A host failed this query, of an idempotent actor. Its caller hears of that, unless another replica has it too, or may do
     * better.
     */
    void failed(RoutedQuery query, HostLink from, long exchange, Failure failure) {
        HedgedQuery hedge = query.hedge();
        HedgedQuery.Side side = hedge == null ? null : hedge.side(from, exchange);
        RunningBatch batch = side == null ? query.batch() : side.batch();
        RunningBatch broken = failure.code() == ErrorCode.FAILED ? batch : null;
        if (broken != null && side != null) {
            broken.failedOne();
        }
        if (hedge != null && side != null && !hedge.over(side)) {
            return;
        }
        if (query.cancelled()) {
            outcomes.cancelled(query);
        } else if (broken != null
                && isRepeatable(query)
                && retries.afterFailure(broken.replica().tracked(), query.method())) {
            again.accept(query);
        } else {
            outcomes.failed(query, failure);
        }
    }

    /** The batch was not started. */
    void refused(RunningBatch batch) {
        for (RoutedQuery query : batch.queries()) {
            if (cameBack(query, batch)) {
                query.didNotStart();
                again.accept(query);
            }
        }
    }

    private static boolean cameBack(RoutedQuery query, RunningBatch batch) {
        HedgedQuery hedge = query.hedge();
        if (hedge != null) {
            HedgedQuery.Side side = hedge.side(batch);
            return side.take(query) && hedge.over(side);
        }
        BatchItem item = query.item();
        return query.batch() == batch && item != null && takeBack(query, batch, item);
    }

    /** The link to the host is gone, and this query was with it. */
    void lost(RoutedQuery query, HostLink from) {
        HedgedQuery hedge = query.hedge();
        if (hedge != null && !hedge.over(hedge.lost(from))) {
            return;
        }
        if (query.cancelled()) {
            outcomes.cancelled(query);
        } else if (!query.mayHaveStarted()) {
            query.didNotStart();
            retries.gaveBack(query.method());
            again.accept(query);
        } else if (isRepeatable(query)) {
            retries.gaveBack(query.method());
            again.accept(query);
        } else {
            ActorDescriptor actor = query.dispatcher().descriptor();
            outcomes.failed(query, Refusals.lost(from.nodeId(), actor.name(), actor.idempotent()));
        }
    }

    private boolean isRepeatable(RoutedQuery query) {
        return query.repeatable(query.dispatcher().descriptor().idempotent(), mostStarts);
    }
}
