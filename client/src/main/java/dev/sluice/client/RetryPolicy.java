package dev.sluice.client;

import java.time.Duration;

/**
 * When a call that was refused is sent again: only what nobody has started, never before the platform said, never beyond the SLO, and
 * of all calls of a client no more than a tenth, so that retries cannot feed an overload.
 *
 * @param maxAttempts the first one included; 1: no retries
 * @param firstBackoff the wait where the platform says none; twice as long each time, and a random part of it less
 * @param maxBackoff where the doubling ends
 */
public record RetryPolicy(int maxAttempts, Duration firstBackoff, Duration maxBackoff) {

    /** A call is sent once. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ofMillis(50), Duration.ofSeconds(1));

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "maxAttempts counts the first one, so it is at least 1; it is " + maxAttempts + ".");
        }
        if (firstBackoff.isNegative() || maxBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException("The waits go from firstBackoff up to maxBackoff, not from "
                    + firstBackoff + " to " + maxBackoff + ".");
        }
    }

    /** So many attempts, waits from 50 ms to 1 s. */
    public static RetryPolicy attempts(int maxAttempts) {
        return new RetryPolicy(maxAttempts, NONE.firstBackoff, NONE.maxBackoff);
    }

    /**
     * The wait before another attempt.
     *
     * @param retries so far
     * @param random between 0 and 1
     */
    Duration backoff(long retries, double random) {
        long nanos = (long) Math.min(maxBackoff.toNanos(), firstBackoff.toNanos() * Math.pow(2, Math.min(retries, 40)));
        return Duration.ofNanos((long) (nanos * (1 - random / 2)));
    }
}
