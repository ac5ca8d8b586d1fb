package dev.sluice.frontend.gateway;

import dev.sluice.common.error.ErrorCode.Outcome;

/** What the gateway measures of each query; Micrometer is behind it. Called from several threads. */
public interface GatewayMetrics {

    void ended(String actor, String method, Outcome outcome, long durationNanos);

    /** Measures nothing. */
    GatewayMetrics NONE = (actor, method, outcome, durationNanos) -> {};
}
