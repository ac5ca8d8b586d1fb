package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode.Outcome;

/** What the gateway measures of each query; Micrometer is behind it. Called from several threads. */
public interface GatewayMetrics {

    /** One query that was accepted has its outcome; never {@code REFUSED}. */
    void ended(ActorDescriptor actor, String method, Outcome outcome, long durationNanos);

    /** Measures nothing. */
    GatewayMetrics NONE = (actor, method, outcome, durationNanos) -> {};
}
