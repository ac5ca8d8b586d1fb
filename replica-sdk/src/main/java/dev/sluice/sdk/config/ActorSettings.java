package dev.sluice.sdk.config;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.config.ActorsProperties.ActorProperties;
import dev.sluice.sdk.host.HostedActor;
import java.util.Map;

/** What configuration says of single actors, for kinds whose actors come and go while the host runs. */
public final class ActorSettings {

    private final Map<String, ActorProperties> settings;

    ActorSettings(Map<String, ActorProperties> settings) {
        this.settings = Map.copyOf(settings);
    }

    /**
     * An actor with its settings laid over what its type says, and as many replicas.
     *
     * @throws IllegalArgumentException with a sentence where they make no sense for it
     */
    public HostedActor over(ActorType type) {
        ActorProperties own = settings.getOrDefault(type.descriptor().name(), ActorsProperties.NONE);
        try {
            return new HostedActor(ConfiguredActor.of(type, own), Math.max(0, own.replicas()), own.args());
        } catch (SettingRefused e) {
            throw new IllegalArgumentException(e.getMessage() + " " + e.action(), e);
        }
    }
}
