package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.report.Median;
import java.util.List;

/**
 * One side at one level: medians over its rounds.
 *
 * @param requestsPerSecond right replies only
 * @param p50Millis the median latency
 * @param p99Millis the latency that one in a hundred exceeds
 * @param cpuMicrosPerRequest of all its processes; 0 where they are not known
 * @param generatorCores how much of one core the load generator used
 */
record Measured(
        double requestsPerSecond,
        double p50Millis,
        double p99Millis,
        double cpuMicrosPerRequest,
        double generatorCores) {

    static Measured of(List<Driven> rounds) {
        return new Measured(
                Median.of(rounds, Driven::requestsPerSecond),
                Median.of(rounds, Driven::p50Millis),
                Median.of(rounds, round -> round.load().latencyMillis(99)),
                Median.of(rounds, Driven::cpuMicrosPerRequest),
                Median.of(rounds, round -> round.load().generatorCores()));
    }
}
