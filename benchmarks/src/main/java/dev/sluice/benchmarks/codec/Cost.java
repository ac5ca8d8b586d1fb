package dev.sluice.benchmarks.codec;

/**
 * What one operation costs.
 *
 * @param nanos per operation
 * @param bytes of garbage per operation
 */
record Cost(double nanos, double bytes) {}
