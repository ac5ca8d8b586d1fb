package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.router.batching.Shard;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The actors that this router has heard of since its start, each with its dispatcher. Thread-safe. */
public final class ActorDirectory {

    /** Versions of one actor: newest last, numbers by their value. */
    private static final Comparator<ActorDispatcher> BY_AGE = Comparator.comparing((ActorDispatcher dispatcher) ->
                    dispatcher.descriptor().version().length())
            .thenComparing(dispatcher -> dispatcher.descriptor().version());

    private final Map<String, Map<String, ActorDispatcher>> byName = new ConcurrentHashMap<>();
    private final List<Shard> shards;
    private final DispatchSettings settings;
    private final Function<ActorDescriptor, DispatchMetrics> metrics;

    public ActorDirectory(
            List<Shard> shards, DispatchSettings settings, Function<ActorDescriptor, DispatchMetrics> metrics) {
        this.shards = List.copyOf(shards);
        this.settings = settings;
        this.metrics = metrics;
    }

    /** The dispatcher for what a host announced, made where it is new. */
    ActorDispatcher announced(ActorDescriptor descriptor) {
        ActorDispatcher dispatcher = byName.computeIfAbsent(descriptor.name(), name -> new ConcurrentHashMap<>())
                .computeIfAbsent(descriptor.version(), version -> create(descriptor));
        if (!dispatcher.descriptor().equals(descriptor)) {
            dispatcher.shard().execute(() -> dispatcher.describe(descriptor));
        }
        return dispatcher;
    }

    private ActorDispatcher create(ActorDescriptor descriptor) {
        Shard shard = shards.get(Math.floorMod(descriptor.name().hashCode(), shards.size()));
        return new ActorDispatcher(descriptor, shard, settings, metrics.apply(descriptor));
    }

    /** @param version empty: the newest that has replicas, else the newest */
    @Nullable ActorDispatcher find(String name, String version) {
        Map<String, ActorDispatcher> versions = byName.get(name);
        if (versions == null) {
            return null;
        }
        if (!version.isEmpty()) {
            return versions.get(version);
        }
        if (versions.size() == 1) {
            return versions.values().iterator().next();
        }
        return versions.values().stream()
                .max(Comparator.comparing((ActorDispatcher dispatcher) -> dispatcher.replicaCount() > 0)
                        .thenComparing(BY_AGE))
                .orElse(null);
    }

    /** What is published: for each name the version that queries get which name none. */
    public List<ActorDescriptor> published() {
        return byName.keySet().stream()
                .sorted()
                .map(name -> find(name, ""))
                .flatMap(dispatcher ->
                        dispatcher == null ? java.util.stream.Stream.of() : java.util.stream.Stream.of(dispatcher))
                .map(ActorDispatcher::descriptor)
                .toList();
    }

    Collection<ActorDispatcher> all() {
        return byName.values().stream()
                .flatMap(versions -> versions.values().stream())
                .toList();
    }
}
