package dev.sluice.benchmarks.schedule;

/**
 * The time of a batch of b queries, l(b) = αb + β, in nanoseconds.
 *
 * @param maxBatchSize the largest batch that a replica takes
 */
public record BatchCost(double alphaNanos, double betaNanos, int maxBatchSize) {

    /** The model of the bars: 1.082 ms per query and 5.204 ms per batch. */
    public static final BatchCost STANDARD = new BatchCost(1.082e6, 5.204e6, 256);

    public double nanos(int size) {
        return alphaNanos * size + betaNanos;
    }

    /**
     * The best batch size under an SLO for a replica among {@code replicas}: the largest whose time, and the wait for the
     * next of the replicas to become free, fit.
     */
    public int bestSize(double sloNanos, double replicas, double slowdown) {
        double fits = (sloNanos / (1 + 1 / replicas) / slowdown - betaNanos) / alphaNanos;
        return (int) Math.max(0, Math.min(maxBatchSize, Math.floor(fits + 1e-9)));
    }

    /** Replica time per query in batches of this size. */
    public double perQuery(int size) {
        return alphaNanos + betaNanos / size;
    }
}
