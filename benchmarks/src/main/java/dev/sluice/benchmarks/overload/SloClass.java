package dev.sluice.benchmarks.overload;

/**
 * Queries that are alike in what they ask for.
 *
 * @param sloMillis what they ask for
 * @param share of all queries, 0 to 1
 */
record SloClass(int sloMillis, double share) {}
