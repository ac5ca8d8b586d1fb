package dev.sluice.sdk.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of single actors, by their published name.
 *
 * @param actors for instance {@code sluice.actors.vadder.replicas}
 */
@ConfigurationProperties("sluice")
public record ActorsProperties(@DefaultValue Map<String, ActorProperties> actors) {

    /** Where nothing is set for an actor. */
    static final ActorProperties NONE = new ActorProperties(1, Map.of(), null, null, null, null);

    /**
     * Settings of one actor. What is not set is as the actor's class says.
     *
     * @param replicas how many this host starts; 0: none
     * @param args constructor arguments by key
     * @param slo of queries that name none
     * @param scheduler {@code fifo} or {@code deadline}
     * @param maxBatchSize queries that a batch may hold, for all batched methods
     * @param maxWait how long {@code fifo} waits for a batch to fill, for all batched methods
     * @param scheduling of {@code deadline}; what is not set is as the router's {@code sluice.router.scheduling} says
     */
    public record ActorProperties(
            @DefaultValue("1") int replicas,
            @DefaultValue Map<String, String> args,
            @Nullable Duration slo,
            @Nullable String scheduler,
            @Nullable Integer maxBatchSize,
            @Nullable Duration maxWait,
            @Nullable SchedulingProperties scheduling) {

        @ConstructorBinding
        public ActorProperties {}

        /** Without settings of the scheduler. */
        ActorProperties(
                int replicas,
                Map<String, String> args,
                @Nullable Duration slo,
                @Nullable String scheduler,
                @Nullable Integer maxBatchSize,
                @Nullable Duration maxWait) {
            this(replicas, args, slo, scheduler, maxBatchSize, maxWait, null);
        }
    }

    /**
     * What the {@code deadline} scheduler of one actor goes by.
     *
     * @param deferral whether a batch waits for more queries as long as its deadlines allow
     * @param hedging whether a batch that takes unusually long is run once more elsewhere; the actor must be idempotent
     * @param hedgeShare the most that hedging may add to the replicas' work, 0 to 1
     * @param tenantWeights what a tenant's share weighs under overload, by tenant; 1 where it is not named
     * @param priorityWeight how much more each level of priority weighs than the one below it, 1 to 1000
     * @param mostTenants how many tenants have a share of their own at once
     */
    public record SchedulingProperties(
            @Nullable Boolean deferral,
            @Nullable Boolean hedging,
            @Nullable Double hedgeShare,
            @DefaultValue Map<String, Double> tenantWeights,
            @Nullable Double priorityWeight,
            @Nullable Integer mostTenants) {}
}
