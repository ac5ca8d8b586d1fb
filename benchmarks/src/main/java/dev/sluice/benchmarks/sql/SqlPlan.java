package dev.sluice.benchmarks.sql;

import java.time.Duration;

/**
 * How much data, and how long each side is driven.
 *
 * @param rows of the table
 * @param batch queries that run together
 * @param outstanding queries of the served sides at any time: one batch that runs, and one that comes
 * @param slo of each query, on both served sides
 * @param rounds in which the sides take turns
 * @param leadIn of each drive, which is not counted
 * @param measured time of each drive
 */
record SqlPlan(long rows, int batch, int outstanding, Duration slo, int rounds, Duration leadIn, Duration measured) {

    static SqlPlan full() {
        return new SqlPlan(
                10_000_000, 64, 128, Duration.ofSeconds(10), 5, Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    static SqlPlan quick() {
        return new SqlPlan(100_000, 64, 128, Duration.ofSeconds(10), 1, Duration.ofMillis(300), Duration.ofMillis(700));
    }
}
