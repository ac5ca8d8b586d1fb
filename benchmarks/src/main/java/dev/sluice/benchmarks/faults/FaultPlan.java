package dev.sluice.benchmarks.faults;

import java.time.Duration;

/**
 * How long, and how much.
 *
 * @param perSecond queries, over all frontends
 * @param calm before a fault
 * @param hold how long what does not end by itself is wrong: longer than the lease of 3 s after which a silent peer is given up
 * @param settling after the last process is ready again; misses do not count so long
 * @param watched after that
 * @param shortLived whether processes are to be ready soon rather than to be fast
 */
record FaultPlan(
        double perSecond, Duration calm, Duration hold, Duration settling, Duration watched, boolean shortLived) {

    static FaultPlan full() {
        return new FaultPlan(
                150, Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), false);
    }

    static FaultPlan quick() {
        return new FaultPlan(
                50, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), true);
    }
}
