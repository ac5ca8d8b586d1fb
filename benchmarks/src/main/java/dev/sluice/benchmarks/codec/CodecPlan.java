package dev.sluice.benchmarks.codec;

import java.time.Duration;

/** How long each operation is warmed up and measured. */
record CodecPlan(int warmUpIterations, int iterations, Duration iteration) {

    /** About two minutes. */
    static CodecPlan full() {
        return new CodecPlan(5, 5, Duration.ofSeconds(1));
    }

    static CodecPlan quick() {
        return new CodecPlan(1, 1, Duration.ofMillis(100));
    }
}
