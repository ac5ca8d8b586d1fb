package dev.sluice.sdk.config;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.config.ActorLimits;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.config.ActorsProperties.ActorProperties;
import dev.sluice.sdk.host.HostedActor;
import dev.sluice.sdk.host.VersionResolver;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes versions of actors out of the classes that this host has. */
final class ConfiguredVersions implements VersionResolver {

    private final Map<String, ActorType> types = new TreeMap<>();

    ConfiguredVersions(Collection<ActorType> types) {
        types.forEach(type -> this.types.put(type.descriptor().name(), type));
    }

    @Override
    public List<Offer> offers() {
        return types.keySet().stream()
                .map(name -> new Offer(ActorKinds.JAVA, name))
                .toList();
    }

    @Override
    public HostedActor resolve(String actor, VersionSpec version) {
        if (!version.kind().equals(ActorKinds.JAVA)) {
            throw new IllegalArgumentException(
                    "This host runs actors of the kind '" + ActorKinds.JAVA + "', not '" + version.kind() + "'.");
        }
        ActorType type = types.get(version.type());
        if (type == null) {
            throw new IllegalArgumentException(
                    "This host has no actor class '" + version.type() + "'; it has " + types.keySet() + ".");
        }
        try {
            ConfiguredActor configured = ConfiguredActor.of(type, settings(version));
            ActorDescriptor published = published(actor, version, configured.descriptor());
            version.settings()
                    .scheduling()
                    .ifPresent(asked -> ActorLimits.refusing(version.type())
                            .scheduling(
                                    asked, Optional.of(published.scheduler()), Optional.of(published.idempotent())));
            return new HostedActor(new ConfiguredActor(type, published), 0, version.args());
        } catch (SettingRefused e) {
            throw new IllegalArgumentException(e.getMessage() + " " + e.action(), e);
        }
    }

    private static ActorProperties settings(VersionSpec version) {
        VersionSettings settings = version.settings();
        return new ActorProperties(
                0,
                version.args(),
                settings.sloMillis().map(Duration::ofMillis).orElse(null),
                settings.scheduler().orElse(null),
                settings.maxBatchSize().orElse(null),
                settings.maxWaitMillis().map(Duration::ofMillis).orElse(null));
    }

    private static ActorDescriptor published(String actor, VersionSpec version, ActorDescriptor configured) {
        VersionSettings settings = version.settings();
        return new ActorDescriptor(
                actor,
                version.version(),
                settings.idempotent().orElse(configured.idempotent()),
                configured.sloMillis(),
                configured.scheduler(),
                configured.description(),
                configured.methods(),
                settings.scheduling().or(configured::scheduling));
    }
}
