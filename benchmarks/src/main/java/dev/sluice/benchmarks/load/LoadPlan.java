package dev.sluice.benchmarks.load;

import java.time.Duration;

/**
 * How much load, and for how long.
 *
 * @param connections kept alive, one request outstanding on each
 * @param leadIn runs first and is checked, but not counted in rates and latencies
 * @param measured is what counts
 * @param maxRequests ends the run early, lead-in included
 */
public record LoadPlan(int connections, Duration leadIn, Duration measured, long maxRequests) {

    public LoadPlan {
        if (connections < 1 || maxRequests < 1 || leadIn.isNegative() || measured.isNegative()) {
            throw new IllegalArgumentException(
                    "a load needs at least one connection, one request and no negative time");
        }
    }

    public LoadPlan(int connections, Duration leadIn, Duration measured) {
        this(connections, leadIn, measured, Long.MAX_VALUE);
    }
}
