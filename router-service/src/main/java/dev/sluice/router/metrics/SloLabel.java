package dev.sluice.router.metrics;

import java.time.Duration;

/**
 * SLO classes as tags have them: by the SLO that all of a class are below. The same grid as the scheduler's, two per octave, so
 * that a class keeps its tag when its usual SLO drifts, and there are only so many.
 */
final class SloLabel {

    private SloLabel() {}

    /** For instance {@code 201ms} for 200 ms. */
    static String of(long sloNanos) {
        int octave = 63 - Long.numberOfLeadingZeros(Math.max(2, sloNanos));
        long half = 1L << (octave - 1);
        boolean upper = (sloNanos & half) != 0;
        Duration below = Duration.ofNanos(Math.max(1, upper ? 4 * half : 3 * half));
        return below.toMillis() >= 1 ? below.toMillis() + "ms" : below.toNanos() / 1_000 + "us";
    }
}
