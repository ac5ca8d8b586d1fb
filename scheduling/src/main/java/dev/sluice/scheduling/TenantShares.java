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
    private static final int MOST_TENANTS = 1_000;
    private static final long FORGET_NANOS = 10_000_000_000L;

    /** Each level of priority weighs so much more than the next: the lower are shed first, but never all of them. */
    private static final double PER_LEVEL = 4;

    /** The level of queries that name none. */
    private static final int UNSET = 3;

    private final Map<String, @Nullable Share[]> byTenant = new HashMap<>();
    private final Map<String, Double> weights;
    private final FairShares shares;
    private long forgotAt;
    private boolean started;

    TenantShares(Map<String, Double> weights, FairShares shares) {
        this.weights = weights;
        this.shares = shares;
    }

    Share of(Queued query) {
        @Nullable Share[] levels = byTenant.get(query.tenant());
        if (levels == null) {
            // Beyond all bounds, newcomers share one share.
            String tenant = byTenant.size() < MOST_TENANTS ? query.tenant() : "";
            levels = byTenant.computeIfAbsent(tenant, any -> new Share[LEVELS]);
        }
        int level = Math.min(query.priority() <= 0 ? UNSET : query.priority(), LEVELS) - 1;
        Share share = levels[level];
        if (share == null) {
            double weight = weights.getOrDefault(query.tenant(), 1.0) * Math.pow(PER_LEVEL, LEVELS - 1 - level);
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
                            tenant, i + 1, share.demand, share.allowed, share.greedy, share.accepted, share.refused));
                }
            }
        });
        return views;
    }
}
