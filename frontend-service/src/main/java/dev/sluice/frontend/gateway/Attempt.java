package dev.sluice.frontend.gateway;

import dev.sluice.common.wire.QueryFrame;

/**
 * One sending of a query to one router; the frame's exchange is the query's number on the router's link.
 *
 * @param afterNanos since the query was accepted
 */
record Attempt(RouterLink router, QueryFrame frame, long afterNanos) {

    /** Whether the router may have acted on it. */
    boolean written() {
        return frame.written();
    }

    /** Makes the caller of this method the owner of the call; false where somebody else is. */
    boolean take(Call call) {
        return router.take(frame.exchange(), call);
    }

    /** Takes the query back from the router. Only for the owner. */
    void takeBack() {
        router.link().cancel(frame.exchange(), frame);
    }
}
