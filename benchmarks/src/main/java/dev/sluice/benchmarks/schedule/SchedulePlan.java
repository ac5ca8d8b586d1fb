package dev.sluice.benchmarks.schedule;

/**
 * How much is simulated.
 *
 * @param seeds of each workload under the production scheduler
 * @param baselineSeeds of each workload under the others
 * @param warmUpNanos of virtual time before it is counted, but for runs that show how all is learnt
 * @param measuredNanos of virtual time per run
 * @param scaleNanos of virtual time, the unit of the runs that show how cost grows
 */
record SchedulePlan(int seeds, int baselineSeeds, double warmUpNanos, double measuredNanos, double scaleNanos) {

    static SchedulePlan full() {
        return new SchedulePlan(5, 2, 5e9, 20e9, 1e9);
    }

    static SchedulePlan quick() {
        return new SchedulePlan(1, 1, 5e9, 3e9, 0.1e9);
    }
}
