package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.trace.Spans;
import dev.sluice.frontend.explain.QueryLog;
import dev.sluice.frontend.query.QueryCall;

/**
 * What all calls of a frontend share.
 *
 * @param routers where they are sent
 * @param clock what they go by
 * @param ledger where each is entered once when it is accepted and once when it ends
 * @param metrics likewise, by actor and method
 * @param retained the bytes that they hold together
 * @param log told of each that ends
 * @param spans what is recorded of them
 */
record GatewayCore(
        Routers routers,
        GatewayClock clock,
        Ledger ledger,
        GatewayMetrics metrics,
        RetainedBytes retained,
        QueryLog log,
        Spans spans) {

    GatewayCore(Routers routers, GatewayClock clock, Ledger ledger, GatewayMetrics metrics, RetainedBytes retained) {
        this(routers, clock, ledger, metrics, retained, QueryLog.NONE, Spans.NONE);
    }

    /** How often a query may be sent, all routers together. */
    static final int MOST_ATTEMPTS = 4;

    void ended(ActorDescriptor actor, QueryCall query, Ending ending) {
        ledger.ended(ending.outcome());
        metrics.ended(actor, query.method(), query.protocol(), ending);
    }
}
