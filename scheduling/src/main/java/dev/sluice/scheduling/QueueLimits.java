package dev.sluice.scheduling;

/**
 * How much may wait for one actor, over all its methods. Both limits are exact.
 *
 * @param maxQueries the queries that may be queued at once, at least 1
 * @param maxBytes the bytes that queued queries may {@linkplain Queued#retainedBytes() retain} together, at least 1
 */
public record QueueLimits(int maxQueries, long maxBytes) {

    /** @throws IllegalArgumentException if a limit would let nothing in */
    public QueueLimits {
        if (maxQueries < 1) {
            throw new IllegalArgumentException(
                    "A queue of " + maxQueries + " queries would accept nothing; allow at least 1");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException(
                    "A queue of " + maxBytes + " bytes would accept nothing; allow at least 1");
        }
    }
}
