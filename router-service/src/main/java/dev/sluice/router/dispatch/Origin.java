package dev.sluice.router.dispatch;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.Exchanges;
import dev.sluice.common.link.Link;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import org.jspecify.annotations.Nullable;

/** The queries that came on one link, by their exchange there, and the way back for their outcomes. Thread-safe. */
final class Origin {

    private final Link link;
    private final RetainedBytes retained;
    private final long mostResultBytes;
    private final Exchanges<RoutedQuery> queries = new Exchanges<>();

    Origin(Link link, RetainedBytes retained) {
        this.link = link;
        this.retained = retained;
        this.mostResultBytes = link.peer().maxPayloadBytes();
    }

    Link link() {
        return link;
    }

    /** False where the peer uses one exchange for two queries. */
    boolean add(RoutedQuery query) {
        return queries.putIfAbsent(query.frame().exchange(), query);
    }

    @Nullable RoutedQuery find(long exchange) {
        return queries.find(exchange);
    }

    Iterable<RoutedQuery> all() {
        return queries.all();
    }

    int size() {
        return queries.size();
    }

    /** The largest result that the peer takes. */
    long mostResultBytes() {
        return mostResultBytes;
    }

    /** Passes a result on, with its bytes and its credit as they are. */
    void pass(RoutedQuery query, ResultFrame result) {
        link.send(result.under(query.frame().exchange()));
    }

    void fail(long exchange, Failure failure) {
        link.send(new Frame.Failed(exchange, failure.code().number(), failure.retryAfterMillis(), failure.message()));
    }

    /** The query has its outcome: forgets it and frees its input. */
    void forget(RoutedQuery query) {
        queries.take(query.frame().exchange());
        retained.give(query.retainedBytes());
        query.frame().release();
    }
}
