package dev.sluice.frontend.access.quota;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.access.Tenants;
import io.github.bucket4j.TimeMeter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the queries of each tenant that has a quota. Thread-safe, never blocks. */
public final class Quotas {

    private final Map<String, TenantBucket> listed;
    private final Tenants tenants;
    private final @Nullable OtherBuckets others;

    public Quotas(Tenants tenants, TimeMeter time) {
        Map<String, TenantBucket> buckets = new HashMap<>();
        tenants.listed().forEach((name, tenant) -> {
            if (tenant.quota() != null) {
                buckets.put(name, TenantBucket.of("the tenant " + name + " has", tenant.quota(), time));
            }
        });
        this.listed = Map.copyOf(buckets);
        this.tenants = tenants;
        this.others = tenants.others().quota() == null
                ? null
                : new OtherBuckets(tenants.others().quota(), time);
    }

    /** Counts a query of the tenant. Null where it may go on, else why not. */
    public @Nullable Failure take(String tenant) {
        TenantBucket bucket = bucket(tenant);
        return bucket == null ? null : bucket.take();
    }

    private @Nullable TenantBucket bucket(String tenant) {
        if (tenants.listed().containsKey(tenant)) {
            return listed.get(tenant);
        }
        return others == null ? null : others.of(tenant);
    }
}
