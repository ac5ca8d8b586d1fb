package dev.sluice.benchmarks.codec;

import java.time.Duration;

/**
 * How long each operation is warmed up and measured.
 *
 * @param forks 1: in a JVM of its own, which no other operation has shaped; 0: in this one, which saves its start
 */
record CodecPlan(int forks, int warmUpIterations, int iterations, Duration iteration) {

    /** About two minutes. */
    static CodecPlan full() {
        return new CodecPlan(1, 5, 5, Duration.ofSeconds(1));
    }

    static CodecPlan quick() {
        return new CodecPlan(0, 1, 1, Duration.ofMillis(100));
    }
}
