package dev.sluice.common.actor;

import java.util.Map;
import java.util.Optional;

/**
 * What an actor asks for of the {@code deadline} scheduler. What is empty is as its router is set.
 *
 * @param deferral whether a batch waits for more queries as long as its deadlines allow, which saves replica time
 * @param hedging whether a batch that takes unusually long is run once more on a replica that has nothing to do; only for
 *     actors that are idempotent
 * @param hedgeShare the most that hedging may add to the replicas' work, in parts of one, 0 to 1
 * @param tenantWeights what a tenant's share weighs under overload, above 0; 1 where it is not named. In place of the router's
 *     where there are any
 * @param priorityWeight how much more each level of priority weighs than the one below it, 1 to 1000
 * @param mostTenants how many tenants have a share of their own at once, at least 1
 */
public record ActorScheduling(
        Optional<Boolean> deferral,
        Optional<Boolean> hedging,
        Optional<Double> hedgeShare,
        Map<String, Double> tenantWeights,
        Optional<Double> priorityWeight,
        Optional<Integer> mostTenants) {

    /** All as the router is set. */
    public static final ActorScheduling UNSET = new ActorScheduling(
            Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());

    public ActorScheduling {
        tenantWeights = Map.copyOf(tenantWeights);
    }
}
