package dev.sluice.benchmarks.schedule;

/**
 * How much is simulated.
 *
 * @param seeds of each workload under the production scheduler
 * @param baselineSeeds of each workload under the others
 * @param measuredNanos of virtual time per run
 * @param scaleNanos of virtual time, the unit of the runs that show how cost grows
 */
record SchedulePlan(int seeds, int baselineSeeds, double measuredNanos, double scaleNanos) {

    static SchedulePlan full() {
        return new SchedulePlan(5, 2, 20e9, 1e9);
    }

    static SchedulePlan quick() {
        return new SchedulePlan(1, 1, 3e9, 0.1e9);
    }
}
