package dev.sluice.router.fleet.rollout;

/**
 * What batches of one size take.
 *
 * @param nanos on average
 * @param error the standard error of that
 */
record RunTime(double nanos, double error) {}
