package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;

/** What the gateway measures of each query; Micrometer is behind it. Called from several threads. */
public interface GatewayMetrics {

    /** One query that was accepted has its outcome. */
    void ended(ActorDescriptor actor, String method, Ending ending);

    /** Measures nothing. */
    GatewayMetrics NONE = (actor, method, ending) -> {};
}
