package dev.sluice.benchmarks.scaling;

/**
 * How much is simulated.
 *
 * @param seeds of each scenario
 * @param steadySeconds of the scenarios that have no course of their own
 */
record ScalingPlan(int seeds, double steadySeconds) {

    static ScalingPlan full() {
        return new ScalingPlan(5, 600);
    }

    static ScalingPlan quick() {
        return new ScalingPlan(1, 60);
    }
}
