package dev.sluice.benchmarks.fleet;

import java.time.Duration;

/**
 * How much of everything.
 *
 * @param perSecond of steady load
 * @param warmUp of the processes, at steady load that does not count
 * @param rollouts in a row
 * @param stepTime of each of their four steps
 * @param slowVersion whether a version that is only slow is tried too, which takes a while to tell
 * @param kills of a host, and of a router
 * @param calm before and after each disturbance
 * @param beforeStep of the load that steps
 * @param afterStep likewise
 * @param bursty how long bursty arrivals last
 */
record FleetPlan(
        double perSecond,
        Duration warmUp,
        int rollouts,
        Duration stepTime,
        boolean slowVersion,
        int kills,
        Duration calm,
        Duration beforeStep,
        Duration afterStep,
        Duration bursty) {

    /** About sixteen minutes. */
    static FleetPlan full() {
        return new FleetPlan(
                150,
                Duration.ofSeconds(20),
                20,
                Duration.ofSeconds(1),
                true,
                3,
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10));
    }

    /** About two minutes and a half. */
    static FleetPlan quick() {
        return new FleetPlan(
                150,
                Duration.ofSeconds(5),
                2,
                Duration.ofMillis(500),
                false,
                1,
                Duration.ofSeconds(2),
                Duration.ofSeconds(8),
                Duration.ofSeconds(8),
                Duration.ofMinutes(1));
    }
}
