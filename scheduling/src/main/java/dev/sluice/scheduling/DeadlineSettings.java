package dev.sluice.scheduling;

import java.util.Map;
import java.util.Objects;

/**
 * What the deadline scheduler goes by.
 *
 * @param batchRule how large a batch is
 * @param deferral whether a batch waits for more queries as long as its deadlines allow, instead of taking a free replica
 *     at once: saves replica time on hosts that are shared, and no goodput
 * @param hedging whether a batch that takes longer than 95 in 100 of its size is run once more on a replica that has nothing
 *     to do. Only for actors whose queries are idempotent: the owner leaves it off for all others
 * @param hedgeShare the most that hedging may add to the replicas' work, in parts of one, 0 to 1
 * @param tenantWeights what a tenant's share weighs under overload; 1 where it is not named
 * @param priorityWeight how much more each level of priority weighs than the one below it, at least 1; 1 ignores priorities
 * @param mostTenants how many tenants have a share of their own at once; newcomers beyond share one, at least 1
 */
public record DeadlineSettings(
        BatchRule batchRule,
        boolean deferral,
        boolean hedging,
        double hedgeShare,
        Map<String, Double> tenantWeights,
        double priorityWeight,
        int mostTenants) {

    public static final DeadlineSettings DEFAULT =
            new DeadlineSettings(BatchRule.CLIMB, false, false, 0.02, Map.of(), 4, 1_000);

    /** @throws IllegalArgumentException if a number is out of its range; the message says what to write instead */
    public DeadlineSettings {
        Objects.requireNonNull(batchRule, "batchRule");
        tenantWeights = Map.copyOf(tenantWeights);
        if (!(hedgeShare >= 0 && hedgeShare <= 1)) {
            throw new IllegalArgumentException(
                    "A hedge share of " + hedgeShare + " makes no sense; it is between 0 and 1, and 0.02 is usual");
        }
        tenantWeights.forEach((tenant, weight) -> {
            if (!(weight > 0 && weight <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "The weight of tenant '" + tenant + "' is " + weight + "; it must be positive");
            }
        });
        if (!(priorityWeight >= 1 && priorityWeight <= 1_000)) {
            throw new IllegalArgumentException("The weight of a level of priority is " + priorityWeight
                    + "; it must be between 1 (priorities are ignored) and 1000");
        }
        if (mostTenants < 1) {
            throw new IllegalArgumentException(
                    "Shares for " + mostTenants + " tenants would serve nobody; allow at least 1");
        }
    }

    public DeadlineSettings withBatchRule(BatchRule other) {
        return new DeadlineSettings(other, deferral, hedging, hedgeShare, tenantWeights, priorityWeight, mostTenants);
    }

    public DeadlineSettings withDeferral(boolean other) {
        return new DeadlineSettings(batchRule, other, hedging, hedgeShare, tenantWeights, priorityWeight, mostTenants);
    }

    public DeadlineSettings withHedging(boolean other) {
        return new DeadlineSettings(batchRule, deferral, other, hedgeShare, tenantWeights, priorityWeight, mostTenants);
    }

    public DeadlineSettings withTenantWeights(Map<String, Double> others) {
        return new DeadlineSettings(batchRule, deferral, hedging, hedgeShare, others, priorityWeight, mostTenants);
    }
}
