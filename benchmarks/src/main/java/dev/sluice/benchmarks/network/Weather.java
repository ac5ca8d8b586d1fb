package dev.sluice.benchmarks.network;

import java.time.Duration;

/**
 * What happens to bytes on their way. To those who speak TCP a lost packet is a pause, until it has been sent again; so it is here.
 *
 * @param passes whether anything arrives at all, the end of a connection included; else all waits until something does
 * @param delay of every piece
 * @param jitter the most that is added to it
 * @param loss the part of the pieces that wait for {@code again} in addition
 * @param again until a lost packet is sent once more
 * @param bytesPerSecond 0: as many as there are
 */
public record Weather(
        boolean passes, Duration delay, Duration jitter, double loss, Duration again, long bytesPerSecond) {

    public static final Weather FINE = new Weather(true, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, 0);

    /** Nobody is told that nothing arrives: no connection is refused, and none ends. */
    public static final Weather CUT = new Weather(false, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, 0);

    /** As between continents, on a bad day. */
    public static final Weather STORM =
            new Weather(true, Duration.ofMillis(20), Duration.ofMillis(20), 0.02, Duration.ofMillis(200), 1 << 20);

    /** How long it takes to send so many, after what was sent before. */
    long sendingNanos(int bytes) {
        return bytesPerSecond == 0 ? 0 : bytes * 1_000_000_000L / bytesPerSecond;
    }

    /**
     * How long a piece is on its way once it is sent.
     *
     * @param drawn two numbers from 0 to 1, which stand for chance
     */
    long lateNanos(double drawn, double drawnToo) {
        long lost = drawnToo < loss ? again.toNanos() : 0;
        return delay.toNanos() + (long) (drawn * jitter.toNanos()) + lost;
    }
}
