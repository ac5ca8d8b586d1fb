package dev.sluice.router.config;

import dev.sluice.common.config.SchedulingLimits;
import dev.sluice.scheduling.BatchRule;
import dev.sluice.scheduling.DeadlineSettings;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the {@code deadline} schedulers of a router go by. Hosts may say otherwise for single actors, as
 * {@code sluice.actors.NAME.scheduling}.
 *
 * @param deferral whether a batch waits for more queries as long as its deadlines allow: saves replica time on hosts that are
 *     shared, and no goodput
 * @param hedging whether a batch of an idempotent actor that takes longer than 95 in 100 of its size is run once more on a
 *     replica that has nothing to do; the first answer counts
 * @param hedgeShare the most that hedging may add to the replicas' work, 0 to 1
 * @param tenantWeights what a tenant's share weighs under overload, by tenant; 1 where it is not named
 * @param priorityWeight how much more each level of priority weighs than the one below it, 1 to 1000; 1 ignores priorities
 * @param mostTenants how many tenants have a share of their own at once; newcomers beyond share one
 */
@ConfigurationProperties("sluice.router.scheduling")
public record SchedulingProperties(
        @DefaultValue("false") boolean deferral,
        @DefaultValue("false") boolean hedging,
        @DefaultValue("0.02") double hedgeShare,
        @DefaultValue Map<String, Double> tenantWeights,
        @DefaultValue("4") double priorityWeight,
        @DefaultValue("1000") int mostTenants) {

    public SchedulingProperties {
        SchedulingLimits limits = SchedulingLimits.refusing("sluice.router.scheduling");
        limits.hedgeShare(hedgeShare);
        limits.priorityWeight(priorityWeight);
        limits.mostTenants(mostTenants);
        limits.tenantWeights(tenantWeights);
    }

    DeadlineSettings settings() {
        return new DeadlineSettings(
                BatchRule.CLIMB, deferral, hedging, hedgeShare, tenantWeights, priorityWeight, mostTenants);
    }
}
