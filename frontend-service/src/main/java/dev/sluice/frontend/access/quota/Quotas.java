package dev.sluice.frontend.access.quota;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.access.Quota;
import dev.sluice.frontend.access.Tenants;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A token bucket for each tenant that has a quota. Thread-safe, never blocks. */
public final class Quotas {

    /** So many have a bucket before those are let go that are full: these are as good as new ones. */
    static final int MOST_BUCKETS = 10_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Tenants tenants;
    private final TimeMeter time;
    private final Map<String, Limited> limited = new ConcurrentHashMap<>();

    private record Limited(Quota quota, Bucket bucket) {

        boolean isFull() {
            return bucket.getAvailableTokens() >= quota.burst();
        }
    }

    public Quotas(Tenants tenants, TimeMeter time) {
        this.tenants = tenants;
        this.time = time;
    }

    /** Counts a query of the tenant. Null where it may go on, else why not. */
    public @Nullable Failure take(String tenant) {
        Limited mine = limited(tenant);
        if (mine == null || mine.bucket.tryConsume(1)) {
            return null;
        }
        ConsumptionProbe probe = mine.bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? null : refusal(tenant, mine.quota, probe.getNanosToWaitForRefill());
    }

    private @Nullable Limited limited(String tenant) {
        Limited mine = limited.get(tenant);
        if (mine != null) {
            return mine;
        }
        Quota quota = tenants.of(tenant).quota();
        if (quota == null) {
            return null;
        }
        if (limited.size() >= MOST_BUCKETS) {
            limited.values().removeIf(Limited::isFull);
        }
        return limited.computeIfAbsent(tenant, absent -> new Limited(quota, bucket(quota)));
    }

    private Bucket bucket(Quota quota) {
        Duration perQuery = Duration.ofNanos(Math.round(NANOS_PER_SECOND / quota.queriesPerSecond()));
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(quota.burst()).refillGreedy(1, perQuery))
                .withCustomTimePrecision(time)
                .build();
    }

    private static Failure refusal(String tenant, Quota quota, long waitNanos) {
        String whose = tenant.isEmpty() ? "callers without a tenant together have" : "the tenant " + tenant + " has";
        return new Failure(
                ErrorCode.QUOTA,
                "For now " + whose + " asked as much of this frontend as may be: " + number(quota.queriesPerSecond())
                        + " queries a second, and bursts of " + quota.burst() + ".",
                Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos) + 1));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Tenants that have a bucket now. */
    int buckets() {
        return limited.size();
    }
}
