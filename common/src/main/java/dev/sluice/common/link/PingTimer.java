package dev.sluice.common.link;

import java.time.Duration;
import java.util.Arrays;

/** When the peer was last heard, and how long a ping takes. Event loop only, but for {@link #roundTripNanos}. */
final class PingTimer {

    private static final int PINGS_PER_LEASE = 3;

    /** Of so many pings the middle one counts: a pause of either process, which hits one or two, says nothing of the way. */
    private static final int REMEMBERED = 5;

    private final long leaseNanos;
    private long heardNanos;
    private long tickedNanos;
    private final long[] measured = new long[REMEMBERED];
    private int count;
    private volatile long roundTripNanos;

    PingTimer(Duration lease) {
        this.leaseNanos = lease.toNanos();
    }

    long periodNanos() {
        return leaseNanos / PINGS_PER_LEASE;
    }

    void started(long now) {
        heardNanos = now;
        tickedNanos = now;
    }

    void heard(long now) {
        heardNanos = now;
    }

    /**
     * Whether the peer has been silent for a lease. Called every period: where this process itself was late for that, it was
     * asleep, has not read what may have come meanwhile, and gives the peer another lease.
     */
    boolean silent(long now) {
        boolean asleep = now - tickedNanos > 2 * periodNanos();
        tickedNanos = now;
        if (asleep) {
            heardNanos = now;
        }
        return now - heardNanos >= leaseNanos;
    }

    /** A ping carries the time at which it was sent, by this process's own clock. */
    void answered(long sentNanos, long now) {
        long took = now - sentNanos;
        if (took >= 0 && took < leaseNanos) {
            measured[count++ % REMEMBERED] = took;
            long[] sorted = Arrays.copyOf(measured, Math.min(count, REMEMBERED));
            Arrays.sort(sorted);
            roundTripNanos = sorted[(sorted.length - 1) / 2];
        }
    }

    long roundTripNanos() {
        return roundTripNanos;
    }
}
