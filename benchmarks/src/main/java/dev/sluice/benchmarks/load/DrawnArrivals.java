package dev.sluice.benchmarks.load;

/** Arrivals whose moments are drawn one after the other, whatever the server does. Not thread-safe. */
public abstract class DrawnArrivals implements Arrivals {

    private long next;

    /** @param first the moment of the first, as {@link System#nanoTime()} tells it */
    protected DrawnArrivals(long first) {
        next = first;
    }

    /** @param last the moment of the one before */
    protected abstract long after(long last);

    @Override
    public final boolean due(long now) {
        return now - next >= 0;
    }

    @Override
    public final long take(long now) {
        long intended = next;
        next = after(intended);
        return intended;
    }

    @Override
    public final long untilDue(long now) {
        return Math.max(0, next - now);
    }
}
