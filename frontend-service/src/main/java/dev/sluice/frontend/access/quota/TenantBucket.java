package dev.sluice.frontend.access.quota;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.access.Quota;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket.
 *
 * @param whose with its verb, for who is refused
 */
record TenantBucket(String whose, Quota quota, Bucket bucket) {

    private static final double NANOS_PER_SECOND = 1e9;

    static TenantBucket of(String whose, Quota quota, TimeMeter time) {
        return new TenantBucket(
                whose,
                quota,
                Bucket.builder()
                        .addLimit(limit -> limit.capacity(quota.burst()).refillGreedy(1, perQuery(quota)))
                        .withCustomTimePrecision(time)
                        .build());
    }

    /** Null where a query may go on, else why not. */
    @Nullable Failure take() {
        if (bucket.tryConsume(1)) {
            return null;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? null : refusal(probe.getNanosToWaitForRefill());
    }

    /** In which an empty one is as full as a new one. */
    static long nanosToFill(Quota quota) {
        double nanos = (double) perQuery(quota).toNanos() * quota.burst();
        // Compared with ages, which have to be longer.
        return (long) Math.min(nanos, Long.MAX_VALUE / 4.0);
    }

    private static Duration perQuery(Quota quota) {
        return Duration.ofNanos(Math.round(NANOS_PER_SECOND / quota.queriesPerSecond()));
    }

    private Failure refusal(long waitNanos) {
        return new Failure(
                ErrorCode.QUOTA,
                "For now " + whose + " asked as much of this frontend as may be: " + number(quota.queriesPerSecond())
                        + " queries a second, and bursts of " + quota.burst() + ".",
                Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos) + 1));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
