package dev.sluice.scheduling;

import java.util.Map;
import java.util.Objects;

/**
 * What the deadline scheduler goes by.
 *
 * @param batchRule how large a batch is
 * @param deferral whether a batch waits for more queries as long as its deadlines allow, instead of taking a free replica
 *     at once: saves replica time on hosts that are shared, and no goodput
 * @param tenantWeights what a tenant's share weighs under overload; 1 where it is not named
 */
public record DeadlineSettings(BatchRule batchRule, boolean deferral, Map<String, Double> tenantWeights) {

    public static final DeadlineSettings DEFAULT = new DeadlineSettings(BatchRule.CLIMB, false, Map.of());

    /** @throws IllegalArgumentException if a weight is not positive */
    public DeadlineSettings {
        Objects.requireNonNull(batchRule, "batchRule");
        tenantWeights = Map.copyOf(tenantWeights);
        tenantWeights.forEach((tenant, weight) -> {
            if (!(weight > 0)) {
                throw new IllegalArgumentException(
                        "The weight of tenant '" + tenant + "' is " + weight + "; it must be positive");
            }
        });
    }
}
