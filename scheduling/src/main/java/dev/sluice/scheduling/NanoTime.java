package dev.sluice.scheduling;

/** Compares points in time by difference, because a monotonic clock may start anywhere and wrap. */
final class NanoTime {

    private NanoTime() {}

    static boolean before(long one, long other) {
        return one - other < 0;
    }

    /** Whether {@code at} is now or gone by: a deadline that is reached counts as missed. */
    static boolean reached(long at, long now) {
        return now - at >= 0;
    }
}
