package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.link.Exchanges;
import dev.sluice.common.link.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this router has given to one host, by the numbers used on the link. Thread-safe. */
final class HostLink {

    private final Link link;
    private final long mostInputBytes;
    private final long mostBatchBytes;
    private final Exchanges<RoutedQuery> queries = new Exchanges<>();
    /** Numbered with the queries. */
    private final Exchanges<RunningBatch> batches = new Exchanges<>();

    HostLink(Link link) {
        this.link = link;
        this.mostInputBytes = link.peer().maxPayloadBytes();
        this.mostBatchBytes = link.peer().queryCreditBytes();
    }

    Link link() {
        return link;
    }

    String nodeId() {
        return link.peer().nodeId();
    }

    /** The largest input that the host takes. */
    long mostInputBytes() {
        return mostInputBytes;
    }

    /** The most that the queries of one batch may weigh. */
    long mostBatchBytes() {
        return mostBatchBytes;
    }

    long nextNumber() {
        return queries.nextNumber();
    }

    void put(long exchange, RoutedQuery query) {
        queries.put(exchange, query);
    }

    /** Looks without taking: for a result that is not the last. */
    @Nullable RoutedQuery find(long exchange) {
        return queries.find(exchange);
    }

    /** Whoever gets the query owns it. */
    @Nullable RoutedQuery take(long exchange) {
        return queries.take(exchange);
    }

    void put(RunningBatch batch) {
        batches.put(batch.number(), batch);
    }

    /** Looks without taking. */
    @Nullable RunningBatch findBatch(long number) {
        return batches.find(number);
    }

    @Nullable RunningBatch takeBatch(long number) {
        return batches.take(number);
    }

    /** The host is lost, and says no more of its batches. */
    void loseBatches() {
        batches.takeAll(batch -> batch.recorded(ErrorCode.LOST));
    }

    /** Takes all queries that are with the host: it is lost. */
    List<RoutedQuery> takeAll() {
        List<RoutedQuery> taken = new ArrayList<>();
        queries.takeAll(taken::add);
        return taken;
    }
}
