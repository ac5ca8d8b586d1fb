package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.router.batching.Shard;
import org.jspecify.annotations.Nullable;

/** Gives the queries of one actor their outcome, and counts it. Any thread, but only for who owns the query. */
final class Outcomes {

    private final Shard clock;
    private final DispatchMetrics metrics;
    private final VersionTally tally = new VersionTally();

    Outcomes(Shard clock, DispatchMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The last or only result. */
    void answered(RoutedQuery query, ResultFrame result) {
        long now = clock.now();
        query.origin().report(query, now);
        query.origin().pass(query, result);
        end(query, null, now);
    }

    void failed(RoutedQuery query, Failure failure) {
        long now = clock.now();
        query.origin().report(query, now);
        query.origin().fail(query.frame().exchange(), failure);
        end(query, failure.code(), now);
    }

    /** The version is too slow for what its caller asked, whatever else there is to do. */
    void hopeless(RoutedQuery query, Failure failure) {
        long now = clock.now();
        query.origin().report(query, now);
        query.origin().fail(query.frame().exchange(), failure);
        metrics.ended(query.method(), failure.code(), now - query.arrivedNanos());
        query.recorded(failure.code());
        if (isDivided(query)) {
            tally.hopeless();
        }
        query.origin().forget(query);
    }

    /** Its caller is gone and hears nothing. */
    void cancelled(RoutedQuery query) {
        end(query, ErrorCode.CANCELLED, clock.now());
    }

    /** Its version is gone. */
    void forget() {
        metrics.forget();
    }

    VersionTally tally() {
        return tally;
    }

    void compared(String method, DispatchMetrics.Compared how) {
        metrics.compared(method, how);
    }

    /** A query that was turned away before it became one. */
    void refused(String method, Failure failure) {
        metrics.ended(method, failure.code(), 0);
    }

    private void end(RoutedQuery query, @Nullable ErrorCode code, long now) {
        long took = now - query.arrivedNanos();
        metrics.ended(query.method(), code, took);
        query.recorded(code);
        if (isDivided(query)) {
            tally.ended(code, took);
        }
        query.origin().forget(query);
    }

    /** Of versions only what weights sent them can be compared: who names one may ask it for what nobody else does. */
    private static boolean isDivided(RoutedQuery query) {
        return query.frame().version().isEmpty();
    }
}
