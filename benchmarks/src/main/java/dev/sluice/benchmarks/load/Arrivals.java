package dev.sluice.benchmarks.load;

/**
 * When requests are meant to leave. A closed loop sends as soon as a connection is free; an open loop sends at moments that it
 * draws beforehand, whatever the server does, and latency counts from those moments. Times are {@link System#nanoTime()}.
 */
public interface Arrivals {

    /** Whether the next request is due. */
    boolean due(long now);

    /** The moment at which the due request was meant to leave; the one after it is next. */
    long take(long now);

    /** Nanoseconds until the next request is due, at least 0; {@link Long#MAX_VALUE} where it only waits for a connection. */
    long untilDue(long now);

    /** A closed loop: every free connection sends at once. */
    static Arrivals closedLoop() {
        return new Arrivals() {
            @Override
            public boolean due(long now) {
                return true;
            }

            @Override
            public long take(long now) {
                return now;
            }

            @Override
            public long untilDue(long now) {
                return Long.MAX_VALUE;
            }
        };
    }
}
