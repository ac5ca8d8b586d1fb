package dev.sluice.client;

import java.util.concurrent.atomic.AtomicInteger;

/** Each call earns a tenth of a retry, and a few are there at the start. Thread-safe. */
final class RetryBudget {

    static final int CALLS_PER_RETRY = 10;
    static final int MOST_SAVED = 10;

    private static final int FULL = CALLS_PER_RETRY * MOST_SAVED;

    /** In parts of a retry. */
    private final AtomicInteger parts = new AtomicInteger(FULL);

    void earn() {
        if (parts.get() < FULL) {
            parts.updateAndGet(saved -> Math.min(FULL, saved + 1));
        }
    }

    boolean spend() {
        return parts.getAndUpdate(saved -> saved < CALLS_PER_RETRY ? saved : saved - CALLS_PER_RETRY)
                >= CALLS_PER_RETRY;
    }
}
