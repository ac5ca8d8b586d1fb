package dev.sluice.router.dispatch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Looks for hosts that do not renew their lease, often enough that each is out before it ends. Where this process itself was
 * asleep, what hosts sent meanwhile may still be unread, and they get some more time. Not thread-safe.
 */
public final class LeaseWatch {

    private static final int TICKS_PER_LEASE = 12;

    /** Hosts renew three times per lease; two times may be missed. */
    private static final int PATIENT_TICKS = 10;

    private static final int SLEEP_TICKS = 4;

    private final RouterLinks links;
    private final LongSupplier clock;
    private final long tickNanos;
    private long awakeSinceNanos;
    private long tickedNanos;

    /** @param clock monotonic, in nanoseconds, the same as that of the links */
    public LeaseWatch(RouterLinks links, Duration lease, LongSupplier clock) {
        this.links = links;
        this.clock = clock;
        this.tickNanos = lease.dividedBy(TICKS_PER_LEASE).toNanos();
        this.awakeSinceNanos = clock.getAsLong();
        this.tickedNanos = awakeSinceNanos;
    }

    /** How often {@link #tick} is to be called. */
    public Duration period() {
        return Duration.ofNanos(tickNanos);
    }

    public void tick() {
        long now = clock.getAsLong();
        if (now - tickedNanos > SLEEP_TICKS * tickNanos) {
            awakeSinceNanos = now;
        }
        tickedNanos = now;
        if (now - awakeSinceNanos >= PATIENT_TICKS * tickNanos) {
            links.giveUpHostsSilentFor(PATIENT_TICKS * tickNanos);
        }
        links.retryBusyReplicas();
        links.forgetGone();
    }
}
