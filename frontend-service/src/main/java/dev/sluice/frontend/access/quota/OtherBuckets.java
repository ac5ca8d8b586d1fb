package dev.sluice.frontend.access.quota;

import dev.sluice.frontend.access.Quota;
import dev.sluice.frontend.access.RecentMap;
import io.github.bucket4j.TimeMeter;

/**
 * A bucket for each tenant that is not listed, of whom there may be any number. One that nobody has asked for until it must be full is as
 * good as a new one, and goes; beyond so many that are not yet, tenants share one. Thread-safe, never blocks.
 */
final class OtherBuckets {

    /** About 300 bytes each. */
    static final int MOST = 100_000;

    private final Quota quota;
    private final TimeMeter time;
    private final RecentMap<String, TenantBucket> recent;
    private final TenantBucket shared;

    OtherBuckets(Quota quota, TimeMeter time) {
        this.quota = quota;
        this.time = time;
        // Room in each generation for all: none goes for want of it before it is full.
        this.recent = new RecentMap<>(TenantBucket.nanosToFill(quota), MOST + 1, time.currentTimeNanos());
        this.shared = TenantBucket.of("all tenants beyond the " + MOST + " that are told apart have", quota, time);
    }

    TenantBucket of(String tenant) {
        long now = time.currentTimeNanos();
        TenantBucket mine = recent.get(tenant, now);
        if (mine != null) {
            return mine;
        }
        return recent.size() >= MOST ? shared : recent.putIfAbsent(tenant, fresh(tenant), now);
    }

    private TenantBucket fresh(String tenant) {
        String whose = tenant.isEmpty() ? "callers without a tenant together have" : "the tenant " + tenant + " has";
        return TenantBucket.of(whose, quota, time);
    }

    /** Tenants that have a bucket now. */
    int size() {
        return recent.size();
    }
}
