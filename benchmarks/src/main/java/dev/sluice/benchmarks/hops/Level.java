package dev.sluice.benchmarks.hops;

/** Both sides at one number of connections. */
record Level(int connections, Measured echo, Measured tiers) {

    /** Throughput of the tiers, as a share of the echo's. */
    double throughputRatio() {
        return tiers.requestsPerSecond() / echo.requestsPerSecond();
    }

    /** Median latency of the tiers, in multiples of the echo's. */
    double p50Ratio() {
        return tiers.p50Millis() / echo.p50Millis();
    }
}
