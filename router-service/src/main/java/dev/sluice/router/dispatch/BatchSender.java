package dev.sluice.router.dispatch;

import dev.sluice.common.error.Failure;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.scheduling.Batch;
import dev.sluice.scheduling.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Sends a batch to a replica. A batch is one frame, which leaves when the host has credit for all of it, so what is more than
 * the host gives at all stays behind. Shard only.
 */
final class BatchSender {

    /** As many as a batch frame can count. */
    private static final int MOST_QUERIES = 0xFFFF;

    private final Fleet fleet;
    private final Retries retries;
    private final DispatchMetrics metrics;
    private final Consumer<RoutedQuery> leftBehind;
    private final BiConsumer<RoutedQuery, Failure> unfit;

    /**
     * @param leftBehind takes what did not fit into the frame
     * @param unfit takes what would fit into none
     */
    BatchSender(
            Fleet fleet,
            Retries retries,
            DispatchMetrics metrics,
            Consumer<RoutedQuery> leftBehind,
            BiConsumer<RoutedQuery, Failure> unfit) {
        this.fleet = fleet;
        this.retries = retries;
        this.metrics = metrics;
        this.leftBehind = leftBehind;
        this.unfit = unfit;
    }

    /** Sends what can be sent, which may be nothing. The replica must have room. */
    void send(Batch batch, Replica replica, long now) {
        HostLink host = replica.host();
        List<RoutedQuery> queries = fitting(batch, host);
        if (queries.isEmpty()) {
            return;
        }
        int rows = rows(queries);
        long predicted = replica.predictedNanos(fleet.profile().typicalNanos(batch.method(), rows));
        RunningBatch running = new RunningBatch(host.nextNumber(), replica, batch.method(), queries, predicted);
        // First: once a host's table has its queries, others may tell of the batch that it is lost.
        running.sent(now, false);
        running.records(QuerySpans.ofBatch(running));
        List<BatchItem> items = new ArrayList<>(queries.size());
        for (int i = 0; i < queries.size(); i++) {
            RoutedQuery query = queries.get(i);
            long exchange = host.nextNumber();
            if (query.isFirstStart()) {
                retries.earn();
            }
            items.add(query.dispatchedIn(running, i, exchange, now));
            host.put(exchange, query);
            long waited = now - query.arrivedNanos();
            metrics.waited(batch.method(), waited);
            OpenSpan span = query.span();
            if (span != null) {
                span.with("sluice.queue.micros", TimeUnit.NANOSECONDS.toMicros(waited));
            }
        }
        host.put(running);
        boolean staged = replica.started(running, now);
        fleet.sent(replica.tracked(), batch.method(), rows, now);
        metrics.batchSent(batch.method(), queries.size());
        host.link().send(new BatchFrame(running.number(), staged, replica.id(), batch.method(), items));
    }

    private static int rows(List<RoutedQuery> queries) {
        int rows = 0;
        for (int i = 0; i < queries.size(); i++) {
            rows += queries.get(i).rows();
        }
        return rows;
    }

    private List<RoutedQuery> fitting(Batch batch, HostLink host) {
        List<RoutedQuery> queries = new ArrayList<>(batch.size());
        long bytes = 0;
        for (int i = 0; i < batch.size(); i++) {
            RoutedQuery query = (RoutedQuery) batch.get(i);
            long weight = query.frame().weight();
            if (query.frame().bodyBytes() > host.mostInputBytes() || weight > host.mostBatchBytes()) {
                unfit.accept(query, Refusals.inputTooLarge(query.frame().bodyBytes(), host));
            } else if (queries.size() == MOST_QUERIES || bytes + weight > host.mostBatchBytes()) {
                leftBehind.accept(query);
            } else {
                bytes += weight;
                queries.add(query);
            }
        }
        return queries;
    }
}
