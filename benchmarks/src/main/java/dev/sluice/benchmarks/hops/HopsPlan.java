package dev.sluice.benchmarks.hops;

import java.time.Duration;
import java.util.List;

/**
 * How long, how often and with how many connections both sides are driven.
 *
 * @param connections the levels, in order
 * @param rounds per level; each drives both sides once
 * @param warmUp per side, spread evenly over the levels
 * @param leadIn of every drive: runs, is checked, does not count
 * @param measured time of every drive
 */
record HopsPlan(List<Integer> connections, int rounds, Duration warmUp, Duration leadIn, Duration measured) {

    private static final List<Integer> LEVELS = List.of(1, 8, 64, 256);

    /** About three and a half minutes. */
    static HopsPlan full() {
        return new HopsPlan(LEVELS, 5, Duration.ofSeconds(32), Duration.ofMillis(500), Duration.ofSeconds(3));
    }

    /** A smoke run of some 3 s and the time that processes take to start: everything happens, no number means much. */
    static HopsPlan quick() {
        return new HopsPlan(List.of(1, 64), 1, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(400));
    }
}
