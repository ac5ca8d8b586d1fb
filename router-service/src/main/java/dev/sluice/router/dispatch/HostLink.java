package dev.sluice.router.dispatch;

import dev.sluice.common.link.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.maps.NonBlockingHashMapLong;
import org.jspecify.annotations.Nullable;

/** What this router has given to one host, by the numbers used on the link. Thread-safe. */
final class HostLink {

    private final Link link;
    private final long mostInputBytes;
    private final long mostBatchBytes;
    private final AtomicLong lastNumber = new AtomicLong();
    private final NonBlockingHashMapLong<RoutedQuery> queries = new NonBlockingHashMapLong<>();
    private final NonBlockingHashMapLong<RunningBatch> batches = new NonBlockingHashMapLong<>();

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
        return lastNumber.incrementAndGet();
    }

    void put(long exchange, RoutedQuery query) {
        queries.put(exchange, query);
    }

    /** Looks without taking: for a result that is not the last. */
    @Nullable RoutedQuery find(long exchange) {
        return queries.get(exchange);
    }

    /** Whoever gets the query owns it. */
    @Nullable RoutedQuery take(long exchange) {
        return queries.remove(exchange);
    }

    void put(RunningBatch batch) {
        batches.put(batch.number(), batch);
    }

    @Nullable RunningBatch takeBatch(long number) {
        return batches.remove(number);
    }

    /** Takes all queries that are with the host: it is lost. */
    List<RoutedQuery> takeAll() {
        List<RoutedQuery> taken = new ArrayList<>();
        for (long exchange : queries.keySetLong()) {
            RoutedQuery query = queries.remove(exchange);
            if (query != null) {
                taken.add(query);
            }
        }
        return taken;
    }

    /** Queries without an outcome, and batches that the host has not ended. */
    int open() {
        return queries.size() + batches.size();
    }
}
