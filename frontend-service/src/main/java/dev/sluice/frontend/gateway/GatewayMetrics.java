package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.metrics.Retry;
import dev.sluice.frontend.query.Protocol;

/** What the gateway measures of each query; Micrometer is behind it. Called from several threads. */
public interface GatewayMetrics {

    /** A router says that there is this actor, maybe once more: what is counted of it begins at zero, before its first query. */
    default void announced(ActorDescriptor actor) {}

    /** One query that was accepted has its outcome. */
    void ended(ActorDescriptor actor, String method, Protocol protocol, Ending ending);

    /** A query that was accepted was sent once more, or would have been but for the retry budget. */
    default void retried(ActorDescriptor actor, String method, Protocol protocol, Retry how) {}

    /** Has not been published for long: what was measured of it is not shown any more. Where it comes back it begins at zero. */
    default void forget(ActorVersion gone) {}

    /** Measures nothing. */
    GatewayMetrics NONE = (actor, method, protocol, ending) -> {};
}
