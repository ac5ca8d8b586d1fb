package dev.sluice.common.link;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before connecting again: twice as long after each failure, up to a limit, and of that a random part, so that
 * the peers of a router that comes back do not all knock at once. Not thread-safe: one attempt ends before the next begins.
 */
final class Backoff {

    private static final long FIRST_MILLIS = 50;
    private static final int MOST_DOUBLINGS = 5;

    private final long leaseNanos;
    private int failures;

    Backoff(Duration lease) {
        this.leaseNanos = lease.toNanos();
    }

    /** A link that did not even last for a lease is a failure too, or two that push each other out would do so for ever. */
    Duration afterLink(long lastedNanos) {
        failures = lastedNanos >= leaseNanos ? 0 : failures + 1;
        return delay();
    }

    Duration afterFailure() {
        failures++;
        return delay();
    }

    private Duration delay() {
        long longest = FIRST_MILLIS << Math.min(failures, MOST_DOUBLINGS);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}
