package dev.sluice.frontend.query;

import java.time.Duration;

/** What is too slow to wait for: callers who send a byte now and then could otherwise hold what they like for ever. */
public final class SlowInput {

    /** Slower than any modem, and as other servers have it. */
    private static final int LEAST_BYTES_PER_SECOND = 240;

    private SlowInput() {}

    /** How many bytes of what is awaited have to come within this time. */
    public static long leastBytes(Duration time) {
        return Math.max(1, time.toMillis() * LEAST_BYTES_PER_SECOND / 1000);
    }
}
