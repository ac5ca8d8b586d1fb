package dev.sluice.frontend.query;

import dev.sluice.common.error.ErrorCode;

/** Counts what a protocol adapter refuses before it becomes a query; queries themselves are counted by the gateway. */
@FunctionalInterface
public interface QueryMetrics {

    QueryMetrics NONE = (protocol, code) -> {};

    /**
     * @param protocol the adapter's
     * @param code why the request was refused
     */
    void refused(Protocol protocol, ErrorCode code);

    /**
     * A reply had nobody to go to: its caller is gone, or reads none.
     *
     * @param protocol the adapter's
     */
    default void dropped(Protocol protocol) {}
}
