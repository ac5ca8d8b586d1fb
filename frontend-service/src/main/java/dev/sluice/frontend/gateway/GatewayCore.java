package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode.Outcome;

/**
 * What all calls of a frontend share.
 *
 * @param routers where they are sent
 * @param clock what they go by
 * @param ledger where each is entered once when it is accepted and once when it ends
 * @param metrics likewise, by actor and method
 * @param retained the bytes that they hold together
 */
record GatewayCore(Routers routers, GatewayClock clock, Ledger ledger, GatewayMetrics metrics, RetainedBytes retained) {

    /** How often a query may be sent, all routers together. */
    static final int MOST_ATTEMPTS = 4;

    /** The outcome of a query that was accepted: what a router or host refused later has failed all the same. */
    void ended(ActorDescriptor actor, String method, Outcome outcome, long nanos) {
        Outcome counted = outcome == Outcome.REFUSED ? Outcome.FAILED : outcome;
        ledger.ended(counted);
        metrics.ended(actor, method, counted, nanos);
    }
}
