package dev.sluice.benchmarks.network;

/**
 * When the pieces of one direction of a connection arrive: they are sent one after the other, are on their way side by side, and never
 * overtake each other. Not thread-safe.
 */
final class Arrivals {

    private long sent;
    private long last;

    /** @param now as all times here, nanoseconds that compare by their difference */
    Arrivals(long now) {
        sent = now;
        last = now;
    }

    /**
     * When a piece arrives that leaves now.
     *
     * @param drawn two numbers from 0 to 1, which stand for chance
     */
    long next(long now, Weather weather, int bytes, double drawn, double drawnToo) {
        sent = later(sent, now) + weather.sendingNanos(bytes);
        last = later(last, sent + weather.lateNanos(drawn, drawnToo));
        return last;
    }

    private static long later(long one, long other) {
        return one - other >= 0 ? one : other;
    }
}
