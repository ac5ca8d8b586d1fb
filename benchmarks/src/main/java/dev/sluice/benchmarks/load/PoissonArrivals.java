package dev.sluice.benchmarks.load;

import java.util.random.RandomGenerator;

/**
 * An open loop: requests are meant to leave at moments with exponential gaps between them, drawn from a seed, whatever the server
 * does. Who sends late counts latency from the moment that was meant all the same. Not thread-safe.
 */
public final class PoissonArrivals extends DrawnArrivals {

    private final RandomGenerator random;
    private final double meanGapNanos;

    /**
     * @param perSecond the mean rate, above 0
     * @param start the moment after which the first request is drawn
     */
    public PoissonArrivals(RandomGenerator random, double perSecond, long start) {
        super(start + gap(random, meanGap(perSecond)));
        this.random = random;
        this.meanGapNanos = meanGap(perSecond);
    }

    private static double meanGap(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a rate is above 0, not " + perSecond);
        }
        return 1e9 / perSecond;
    }

    @Override
    protected long after(long last) {
        return last + gap(random, meanGapNanos);
    }

    private static long gap(RandomGenerator random, double mean) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean);
    }
}
