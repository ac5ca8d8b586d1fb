package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.load.LoadResult;
import dev.sluice.benchmarks.report.Median;
import java.util.List;

/**
 * One side at one level: medians over its rounds.
 *
 * @param requestsPerSecond right replies only
 * @param p50Millis the median latency
 * @param p99Millis the latency that one in a hundred exceeds
 * @param generatorCores how much of one core the load generator used
 */
record Measured(double requestsPerSecond, double p50Millis, double p99Millis, double generatorCores) {

    static Measured of(List<LoadResult> rounds) {
        return new Measured(
                Median.of(rounds, LoadResult::requestsPerSecond),
                Median.of(rounds, round -> round.latencyMillis(50)),
                Median.of(rounds, round -> round.latencyMillis(99)),
                Median.of(rounds, LoadResult::generatorCores));
    }
}
