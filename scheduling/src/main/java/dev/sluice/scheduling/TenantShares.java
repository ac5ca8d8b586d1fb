package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shares of tenants and, within each, of priorities. Who has not asked for long is forgotten. Not thread-safe. */
final class TenantShares {

    private static final int LEVELS = 5;
    private static final long FORGET_NANOS = 10_000_000_000L;

    /** The level of queries that name none. */
    private static final int UNSET = 3;

    private final Map<String, @Nullable Share[]> byTenant = new HashMap<>();
    private final DeadlineSettings settings;
    private final FairShares shares;
    private long forgotAt;
    private boolean started;

    TenantShares(DeadlineSettings settings, FairShares shares) {
        this.settings = settings;
        this.shares = shares;
    }

    Share of(Queued query) {
        @Nullable Share[] levels = byTenant.get(query.tenant());
        if (levels == null) {
            // Beyond all bounds, newcomers share one share.
            String tenant = byTenant.size() < settings.mostTenants() ? query.tenant() : "";
            levels = byTenant.computeIfAbsent(tenant, any -> new Share[LEVELS]);
        }
        int level = Math.min(query.priority() <= 0 ? UNSET : query.priority(), LEVELS) - 1;
        Share share = levels[level];
        if (share == null) {
            double weight = settings.tenantWeights().getOrDefault(query.tenant(), 1.0)
                    * Math.pow(settings.priorityWeight(), LEVELS - 1 - level);
            share = shares.join(new Share(weight));
            levels[level] = share;
        }
        return share;
    }

    /** Drops those who have not asked for a while. */
    void forget(long now) {
        if (started && now - forgotAt < FORGET_NANOS) {
            return;
        }
        started = true;
        forgotAt = now;
        for (Iterator<@Nullable Share[]> each = byTenant.values().iterator(); each.hasNext(); ) {
            @Nullable Share[] levels = each.next();
            int left = 0;
            for (int i = 0; i < LEVELS; i++) {
                Share share = levels[i];
                if (share != null && now - share.lastAskedAt > FORGET_NANOS) {
                    shares.parties().remove(share);
                    levels[i] = null;
                } else if (share != null) {
                    left++;
                }
            }
            if (left == 0) {
                each.remove();
            }
        }
    }

    List<SchedulerView.TenantView> views() {
        List<SchedulerView.TenantView> views = new ArrayList<>();
        byTenant.forEach((tenant, levels) -> {
            for (int i = 0; i < LEVELS; i++) {
                Share share = levels[i];
                if (share != null) {
                    views.add(new SchedulerView.TenantView(
                            tenant,
                            i + 1,
                            share.demand,
                            share.allowed,
                            share.greedy,
                            share.accepted,
                            share.turnedAway.view()));
                }
            }
        });
        return views;
    }
}
