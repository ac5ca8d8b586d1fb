package dev.sluice.router.dispatch;

/**
 * What the way of a batch to a replica and back costs beyond its run: the network, and the time that it and its results wait
 * in both processes. Differences of this process's clock and of the host's; no two clocks are compared. Shard only.
 */
final class TransportCost {

    /** A new measurement counts for one in so many, so that a pause of one process is soon forgotten. */
    private static final int SMOOTHING = 8;

    private boolean known;
    private long nanos;

    /** @param tookNanos the time from sending to the end, less what the host says that it ran */
    void measured(long tookNanos) {
        long cost = Math.max(0, tookNanos);
        nanos = known ? nanos + (cost - nanos) / SMOOTHING : cost;
        known = true;
    }

    /**
     * A batch ended whose way could not be seen, since it waited behind another. What is known fades: too high a cost makes every
     * batch be sent too early, so that none is ever measured that could correct it; too low a one is corrected by the next.
     */
    void notSeen() {
        nanos -= nanos / SMOOTHING;
    }

    /** 0 before the first measurement. */
    long nanos() {
        return nanos;
    }
}
