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
    private final AtomicLong lastNumber = new AtomicLong();
    private final NonBlockingHashMapLong<RoutedQuery> queries = new NonBlockingHashMapLong<>();
    private final NonBlockingHashMapLong<RunningBatch> batches = new NonBlockingHashMapLong<>();

    HostLink(Link link) {
        this.link = link;
    }

    Link link() {
        return link;
    }

    String nodeId() {
        return link.peer().nodeId();
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

    @Nullable RunningBatch findBatch(long number) {
        return batches.get(number);
    }

    int inFlight() {
        return queries.size();
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
}
