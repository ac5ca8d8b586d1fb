package dev.sluice.sdk.host;

import java.util.concurrent.TimeUnit;

/**
 * When something that failed is tried again: twice as long after each time.
 *
 * @param atNanos monotonic
 * @param tries so far
 */
record Retry(long atNanos, int tries) {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_DOUBLINGS = 6;

    static Retry first(long now) {
        return new Retry(now + FIRST_NANOS, 0);
    }

    Retry next(long now) {
        return new Retry(now + (FIRST_NANOS << Math.min(tries + 1, MOST_DOUBLINGS)), tries + 1);
    }

    boolean isDue(long now) {
        return now - atNanos >= 0;
    }
}
