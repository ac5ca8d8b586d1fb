package dev.sluice.benchmarks.soak;

import java.time.Duration;

/**
 * How much of everything.
 *
 * @param time that clients, versions and replicas come and go
 * @param lead the part of it that does not count: caches fill, and code is compiled
 * @param perSecond of steady load
 * @param leavers in each round: they ask and do not wait for the answer
 * @param visit how long the client of each protocol stays in each round
 */
record SoakPlan(Duration time, double lead, double perSecond, int leavers, Duration visit) {

    static SoakPlan of(int minutes) {
        return new SoakPlan(Duration.ofMinutes(minutes), 0.3, 150, 40, Duration.ofMillis(200));
    }

    /** One round. */
    static SoakPlan quick() {
        return new SoakPlan(Duration.ZERO, 0, 50, 10, Duration.ofMillis(50));
    }
}
