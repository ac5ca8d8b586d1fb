package dev.sluice.frontend.gateway;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.frontend.query.QueryCall;
import io.netty.util.Timer;

/** What all calls of a frontend share. */
final class GatewayCore {

    private final Routers routers;
    private final Timer timers;
    private final Ledger ledger;
    private final GatewayMetrics metrics;
    private final RetainedBytes retained;

    GatewayCore(Routers routers, Timer timers, Ledger ledger, GatewayMetrics metrics, RetainedBytes retained) {
        this.routers = routers;
        this.timers = timers;
        this.ledger = ledger;
        this.metrics = metrics;
        this.retained = retained;
    }

    Routers routers() {
        return routers;
    }

    Timer timers() {
        return timers;
    }

    Ledger ledger() {
        return ledger;
    }

    RetainedBytes retained() {
        return retained;
    }

    /** How often a query may be sent, all routers together. */
    int mostAttempts() {
        return 4;
    }

    long now() {
        return System.nanoTime();
    }

    void ended(Call call, QueryCall query, Outcome outcome, long nanos) {
        retained.give(call.weight());
        ledger.ended(outcome);
        metrics.ended(query.actor(), query.method(), outcome, nanos);
    }
}
