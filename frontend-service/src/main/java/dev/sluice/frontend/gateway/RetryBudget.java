package dev.sluice.frontend.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps what this frontend asks a second time a tenth of what it is asked, so that retries cannot feed an overload. What a
 * lost peer gave back is not charged. Thread-safe.
 */
final class RetryBudget {

    /** So many queries earn one retry. */
    static final int QUERIES_PER_RETRY = 10;

    /** So many retries may be saved up, and are there at the start. */
    static final int MOST_SAVED = 100;

    private static final long FULL = (long) MOST_SAVED * QUERIES_PER_RETRY;

    /** In parts of a retry: each query earns one. */
    private final AtomicLong parts = new AtomicLong(FULL);

    /** A query came. */
    void earn() {
        if (parts.get() < FULL) {
            parts.updateAndGet(saved -> Math.min(FULL, saved + 1));
        }
    }

    /** Whether one more retry is within the budget; if so, it is charged. */
    boolean spend() {
        long before = parts.getAndUpdate(saved -> saved < QUERIES_PER_RETRY ? saved : saved - QUERIES_PER_RETRY);
        return before >= QUERIES_PER_RETRY;
    }

    /** The retries that are saved up. */
    double saved() {
        return (double) parts.get() / QUERIES_PER_RETRY;
    }
}
