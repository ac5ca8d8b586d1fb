package dev.sluice.sdk.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
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
     */
    public record ActorProperties(
            @DefaultValue("1") int replicas,
            @DefaultValue Map<String, String> args,
            @Nullable Duration slo,
            @Nullable String scheduler,
            @Nullable Integer maxBatchSize,
            @Nullable Duration maxWait) {}
}
