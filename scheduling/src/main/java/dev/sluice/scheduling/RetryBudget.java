package dev.sluice.scheduling;

/**
 * Keeps retries a small part of the traffic, so that they cannot feed an overload: each query that comes for the first
 * time earns a fraction of a retry, each retry uses up a whole one. What a lost peer gives back is not a retry in this
 * sense and is not charged. Not thread-safe.
 */
public final class RetryBudget {

    /** So many may be saved up: enough for a batch or two after a quiet time. */
    private static final double MOST_SAVED = 100;

    private final double share;
    private double saved;

    /**
     * @param share retries per first attempt, 0 to 1
     * @throws IllegalArgumentException if the share is out of its range
     */
    public RetryBudget(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("A retry budget of " + share + " makes no sense; it is between 0 and 1");
        }
        this.share = share;
    }

    /** A query came for the first time. */
    public void earn() {
        saved = Math.min(MOST_SAVED, saved + share);
    }

    /** The retries that are saved up. */
    public double saved() {
        return saved;
    }

    /** Whether one more retry is within the budget; if so, it is charged. */
    public boolean spend() {
        if (saved < 1) {
            return false;
        }
        saved -= 1;
        return true;
    }
}
