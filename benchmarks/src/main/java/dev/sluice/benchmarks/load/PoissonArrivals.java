package dev.sluice.benchmarks.load;

import java.util.random.RandomGenerator;

/**
 * An open loop: requests are meant to leave at moments with exponential gaps between them, drawn from a seed, whatever the server
 * does. Who sends late counts latency from the moment that was meant all the same. Not thread-safe.
 */
public final class PoissonArrivals implements Arrivals {

    private final RandomGenerator random;
    private final double meanGapNanos;
    private long next;

    /**
     * @param perSecond the mean rate, above 0
     * @param start the moment after which the first request is drawn
     */
    public PoissonArrivals(RandomGenerator random, double perSecond, long start) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a rate is above 0, not " + perSecond);
        }
        this.random = random;
        this.meanGapNanos = 1e9 / perSecond;
        this.next = start;
        draw();
    }

    @Override
    public boolean due(long now) {
        return now - next >= 0;
    }

    @Override
    public long take(long now) {
        long intended = next;
        draw();
        return intended;
    }

    @Override
    public long untilDue(long now) {
        return Math.max(0, next - now);
    }

    private void draw() {
        next += (long) (-Math.log(1 - random.nextDouble()) * meanGapNanos);
    }
}
