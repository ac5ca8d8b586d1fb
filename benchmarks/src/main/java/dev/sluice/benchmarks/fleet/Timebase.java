package dev.sluice.benchmarks.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * Seconds since the load began, from either clock: what this process measures is on its monotonic clock, and routers date events by the
 * wall clock of the same machine.
 *
 * @param nanos {@link System#nanoTime()} at 0 s
 * @param instant the wall clock at 0 s
 */
record Timebase(long nanos, Instant instant) {

    static Timebase now() {
        return new Timebase(System.nanoTime(), Instant.now());
    }

    double at(long nanoTime) {
        return (nanoTime - nanos) / 1e9;
    }

    double at(Instant wall) {
        return Duration.between(instant, wall).toNanos() / 1e9;
    }

    double passed() {
        return at(System.nanoTime());
    }
}
