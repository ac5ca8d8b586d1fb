package dev.sluice.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param answered right replies in the measured time
 * @param checked right replies in all, lead-in included
 * @param faults of the whole run, lead-in included
 * @param elapsedNanos the measured time
 * @param cpuNanos CPU time of the generator's thread in it
 * @param latencies in nanoseconds, of right replies in the measured time
 */
public record LoadResult(
        long answered, long checked, Faults faults, long elapsedNanos, long cpuNanos, Histogram latencies) {

    public double requestsPerSecond() {
        return elapsedNanos == 0 ? 0 : answered * 1e9 / elapsedNanos;
    }

    /** A percentile of the latencies, in milliseconds. */
    public double latencyMillis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    /** How much of one core the generator used, 0 to 1. */
    public double generatorCores() {
        return elapsedNanos == 0 ? 0 : (double) cpuNanos / elapsedNanos;
    }
}
