package dev.sluice.sdk.host;

import dev.sluice.sdk.actor.ActorType;
import java.util.Map;

/**
 * An actor that this host can run.
 *
 * @param type what to instantiate
 * @param replicas how many to start
 * @param args constructor arguments by key
 */
public record HostedActor(ActorType type, int replicas, Map<String, String> args) {

    public HostedActor {
        args = Map.copyOf(args);
    }
}
