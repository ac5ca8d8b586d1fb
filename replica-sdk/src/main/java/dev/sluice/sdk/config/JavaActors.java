package dev.sluice.sdk.config;

import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.host.ActorKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Actors of the annotated classes that a host has. */
final class JavaActors implements ActorKind {

    private final Map<String, ActorType> types = new TreeMap<>();

    JavaActors(Collection<ActorType> types) {
        types.forEach(type -> this.types.put(type.descriptor().name(), type));
    }

    @Override
    public String kind() {
        return ActorKinds.JAVA;
    }

    @Override
    public List<String> types() {
        return List.copyOf(types.keySet());
    }

    @Override
    public ActorType type(String actor, VersionSpec version) {
        ActorType type = types.get(version.type());
        if (type == null) {
            throw new IllegalArgumentException(
                    "This host has no actor class '" + version.type() + "'; it has " + types.keySet() + ".");
        }
        return type;
    }
}
