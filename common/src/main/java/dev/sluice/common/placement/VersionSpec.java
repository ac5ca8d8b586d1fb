package dev.sluice.common.placement;

import java.util.Map;

/**
 * One version of an actor: what a host makes a replica of.
 *
 * @param version as callers and operators name it; of one version all replicas are alike
 * @param kind one of {@link ActorKinds}
 * @param type what of this kind, for {@code java} the name that the class is published under: several actors and versions may be
 *     made of one class
 * @param args constructor arguments by key
 * @param settings what is laid over what the type says of itself
 */
public record VersionSpec(
        String version, String kind, String type, Map<String, String> args, VersionSettings settings) {

    public VersionSpec {
        args = Map.copyOf(args);
    }
}
