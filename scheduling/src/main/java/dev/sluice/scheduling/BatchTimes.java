package dev.sluice.scheduling;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How long the batches of one actor took, and so how long the next one will take. A sliding record per method and per
 * batch-size bucket: 1, 2, 3 - 4, 5 - 8, ... Predicts on the safe side (late rather than early) in three ways:
 *
 * <ul>
 *   <li>it answers with the upper quartile of what was measured, not the middle;
 *   <li>a size that was never measured is predicted from the next larger bucket that was; if there is none, not at all;
 *   <li>a larger batch is never predicted to be quicker than a smaller one, whatever the noise says.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class BatchTimes {

    private final Map<String, @Nullable DurationWindow[]> byMethod = new HashMap<>();

    /**
     * Records a batch that ended well.
     *
     * @param size the queries in it, at least 1
     * @param durationNanos how long it took, in nanoseconds; what is negative counts as 0
     */
    public void record(String method, int size, long durationNanos) {
        @Nullable DurationWindow[] buckets = byMethod.get(method);
        if (buckets == null) {
            buckets = new DurationWindow[Integer.SIZE];
            byMethod.put(method, buckets);
        }
        int bucket = bucket(size);
        DurationWindow window = buckets[bucket];
        if (window == null) {
            window = new DurationWindow(32);
            buckets[bucket] = window;
        }
        window.add(Math.max(0, durationNanos));
    }

    /**
     * How long a batch of this size is expected to take, in nanoseconds. Never decreases as the size grows.
     *
     * @param size the queries in it, at least 1
     * @return empty while nothing is known of batches as large as this one
     */
    public OptionalLong predict(String method, int size) {
        @Nullable DurationWindow[] buckets = byMethod.get(method);
        if (buckets == null) {
            return OptionalLong.empty();
        }
        int wanted = bucket(size);
        long longest = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            DurationWindow window = buckets[bucket];
            if (window != null) {
                longest = Math.max(longest, window.percentile(75));
                if (bucket >= wanted) {
                    return OptionalLong.of(longest);
                }
            }
        }
        return OptionalLong.empty();
    }

    /** The exponent of the smallest power of two that holds the batch. */
    private static int bucket(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("A batch holds at least one query, not " + size);
        }
        return Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    }
}
