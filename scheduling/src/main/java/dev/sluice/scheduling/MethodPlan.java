package dev.sluice.scheduling;

import java.util.Objects;

/**
 * The static facts about one method of an actor.
 *
 * @param name the method's published name
 * @param maxBatchSize the {@linkplain Queued#rows() rows} that one batch may hold, at least 1; a query with more goes alone
 * @param maxWaitNanos how long {@code fifo} lets a batch fill, in nanoseconds counted from the arrival of its oldest
 *     query; 0: a free replica takes what is there
 */
public record MethodPlan(String name, int maxBatchSize, long maxWaitNanos) {

    /** @throws IllegalArgumentException if a number is out of its range */
    public MethodPlan {
        Objects.requireNonNull(name, "name");
        if (maxBatchSize < 1) {
            throw new IllegalArgumentException(
                    "The maximum batch size of method '" + name + "' is " + maxBatchSize + "; it must be at least 1");
        }
        if (maxWaitNanos < 0) {
            throw new IllegalArgumentException("The maximum wait of method '" + name + "' is " + maxWaitNanos
                    + " ns; it must not be negative (0 waits for nothing)");
        }
    }
}
