package dev.sluice.common.link;

import java.time.Duration;

/** When the peer was last heard, and how long a ping takes. Event loop only, but for {@link #roundTripNanos}. */
final class PingTimer {

    private static final int PINGS_PER_LEASE = 3;

    private final long leaseNanos;
    private long heardNanos;
    private long tickedNanos;
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
        long measured = now - sentNanos;
        if (measured >= 0 && measured < leaseNanos) {
            roundTripNanos = roundTripNanos == 0 ? measured : (3 * roundTripNanos + measured) / 4;
        }
    }

    long roundTripNanos() {
        return roundTripNanos;
    }
}
