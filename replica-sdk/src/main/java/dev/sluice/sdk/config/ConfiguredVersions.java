package dev.sluice.sdk.config;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.config.ActorLimits;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.config.ActorsProperties.ActorProperties;
import dev.sluice.sdk.host.ActorKind;
import dev.sluice.sdk.host.HostedActor;
import dev.sluice.sdk.host.VersionResolver;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes versions of actors out of the classes that this host has, and of what other kinds it knows. */
final class ConfiguredVersions implements VersionResolver {

    private final Map<String, ActorKind> kinds = new LinkedHashMap<>();

    /** @param others than annotated classes */
    ConfiguredVersions(Collection<ActorType> types, Collection<ActorKind> others) {
        ActorKind java = new JavaActors(types);
        kinds.put(java.kind(), java);
        others.forEach(kind -> kinds.put(kind.kind(), kind));
    }

    @Override
    public List<Offer> offers() {
        return kinds.values().stream()
                .flatMap(kind -> kind.types().stream().map(type -> new Offer(kind.kind(), type)))
                .toList();
    }

    @Override
    public HostedActor resolve(String actor, VersionSpec version) {
        ActorKind kind = kinds.get(version.kind());
        if (kind == null) {
            throw new IllegalArgumentException("This host runs actors of the kind" + (kinds.size() == 1 ? " '" : "s '")
                    + String.join("', '", kinds.keySet()) + "', not '" + version.kind() + "'.");
        }
        ActorType type = kind.type(actor, version);
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
