package dev.sluice.benchmarks.onnx;

import java.time.Duration;
import java.util.List;

/**
 * How long and how often each side of each model is driven.
 *
 * @param batches of the bare loop, of which the best is kept to
 * @param search for each of them
 * @param rounds of both sides
 * @param tiersWarmUp before the first model: the tiers' code is compiled while they serve
 * @param warmUp of the served side, model by model
 * @param measured time of each drive
 * @param connections of the served side, one query outstanding on each
 */
record OnnxPlan(
        List<Integer> batches,
        Duration search,
        int rounds,
        Duration tiersWarmUp,
        Duration warmUp,
        Duration measured,
        int connections) {

    static OnnxPlan full() {
        return new OnnxPlan(
                List.of(1, 2, 4, 8, 16, 32, 64),
                Duration.ofSeconds(1),
                3,
                Duration.ofSeconds(30),
                Duration.ofSeconds(8),
                Duration.ofSeconds(6),
                256);
    }

    static OnnxPlan quick() {
        return new OnnxPlan(
                List.of(1, 16),
                Duration.ofMillis(100),
                1,
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                64);
    }
}
