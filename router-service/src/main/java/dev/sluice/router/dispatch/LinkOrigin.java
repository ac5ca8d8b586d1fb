package dev.sluice.router.dispatch;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.Exchanges;
import dev.sluice.common.link.Link;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.Role;
import org.jspecify.annotations.Nullable;

/** The queries that came on one link, by their exchange there, and the way back for their outcomes. Thread-safe. */
final class LinkOrigin implements Origin {

    private final Link link;
    private final RetainedBytes retained;
    private final long mostResultBytes;
    private final boolean reports;
    private final Exchanges<RoutedQuery> queries = new Exchanges<>();

    LinkOrigin(Link link, RetainedBytes retained) {
        this.link = link;
        this.retained = retained;
        this.mostResultBytes = link.peer().maxPayloadBytes();
        // Hosts show nobody what becomes of their calls.
        this.reports = link.peer().role() == Role.FRONTEND;
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

    @Override
    public long roundTripNanos() {
        return link.roundTripNanos();
    }

    @Override
    public long mostResultBytes() {
        return mostResultBytes;
    }

    @Override
    public void pass(RoutedQuery query, ResultFrame result) {
        link.send(result.under(query.frame().exchange()));
    }

    @Override
    public void fail(long exchange, Failure failure) {
        link.send(new Frame.Failed(exchange, failure.code().number(), failure.retryAfterMillis(), failure.message()));
    }

    /** Leaves with the outcome, or before it. */
    @Override
    public void report(RoutedQuery query, long now) {
        if (reports) {
            link.enqueue(
                    new Frame.Report(query.frame().exchange(), query.report(now).encode()));
        }
    }

    @Override
    public void forget(RoutedQuery query) {
        queries.take(query.frame().exchange());
        retained.give(query.retainedBytes());
        query.frame().release();
    }
}
