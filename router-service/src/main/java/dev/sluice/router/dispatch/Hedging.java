package dev.sluice.router.dispatch;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.scheduling.Fleet;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a late batch once more on a replica that has nothing to do, and ends each of its queries with the first answer. The
 * scheduler says which; it does so only for actors whose queries may run twice. Shard only.
 */
final class Hedging {

    private final Fleet fleet;
    private final Outcomes outcomes;
    private final DispatchMetrics metrics;

    Hedging(Fleet fleet, Outcomes outcomes, DispatchMetrics metrics) {
        this.fleet = fleet;
        this.outcomes = outcomes;
        this.metrics = metrics;
    }

    /** Sends what still waits for its answer there to the spare replica as well, unless all has been answered meanwhile. */
    void hedge(Replica late, Replica spare, long now) {
        RunningBatch running = late.running();
        if (running == null || !spare.idle()) {
            return;
        }
        List<RoutedQuery> queries = waiting(running, spare.host());
        if (queries.isEmpty()) {
            return;
        }
        HostLink host = spare.host();
        RunningBatch copy =
                new RunningBatch(host.nextNumber(), spare, running.method(), queries, running.predictedNanos());
        copy.sent(now, false);
        copy.records(QuerySpans.ofBatch(copy));
        List<BatchItem> items = new ArrayList<>(queries.size());
        int rows = 0;
        for (RoutedQuery query : queries) {
            long exchange = host.nextNumber();
            items.add(query.hedgedIn(copy, exchange, now));
            host.put(exchange, query);
            rows += query.rows();
        }
        host.put(copy);
        spare.started(copy, now);
        fleet.hedged(late.tracked(), spare.tracked(), running.method(), rows, now);
        metrics.batchHedged(running.method());
        host.link().send(new BatchFrame(copy.number(), false, spare.id(), running.method(), items));
    }

    /**
     * The queries of a batch that have no outcome. Each is marked first and looked for then: what is in the table after that
     * can only be ended here.
     */
    private static List<RoutedQuery> waiting(RunningBatch running, HostLink spare) {
        List<RoutedQuery> waiting = new ArrayList<>();
        long bytes = 0;
        for (RoutedQuery query : running.queries()) {
            BatchItem item = query.item();
            long weight = query.frame().weight();
            if (item == null
                    || query.batch() != running
                    || query.hedge() != null
                    || query.frame().bodyBytes() > spare.mostInputBytes()
                    || bytes + weight > spare.mostBatchBytes()) {
                continue;
            }
            query.hedge(new HedgedQuery(running, item));
            if (running.replica().host().find(item.exchange()) == query) {
                waiting.add(query);
                bytes += weight;
            }
        }
        return waiting;
    }

    /** A result came, from either side. */
    void answered(RoutedQuery query, HedgedQuery hedge, HedgedQuery.Side from, ResultFrame result) {
        if (!hedge.settle()) {
            result.release();
            return;
        }
        from.batch().answeredOne();
        takeBack(query, hedge.other(from));
        query.answeredIn(from.batch());
        outcomes.answered(query, result);
    }

    /** Its caller is gone. */
    void cancelled(RoutedQuery query, HedgedQuery hedge, RunningBatch batch) {
        if (hedge.settle()) {
            HedgedQuery.Side original = hedge.side(batch);
            takeBack(query, original);
            takeBack(query, hedge.other(original));
            outcomes.cancelled(query);
        }
    }

    private static void takeBack(RoutedQuery query, HedgedQuery.Side side) {
        if (side.take(query)) {
            side.batch().cancelledOne();
            side.host().link().cancel(side.item().exchange(), side.item());
        }
    }
}
