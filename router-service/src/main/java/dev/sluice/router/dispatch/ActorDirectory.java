package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.router.batching.Shard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The actors that this router has heard of since its start, each with its dispatcher. Thread-safe. */
public final class ActorDirectory {

    private static final Comparator<ActorDispatcher> BY_AGE =
            Comparator.comparing(dispatcher -> dispatcher.descriptor().version(), VersionOrder.OLDEST_FIRST);

    /** The versions of each actor, oldest first. The lists never change, so that a look-up walks one without a lock. */
    private final Map<String, List<ActorDispatcher>> byName = new ConcurrentHashMap<>();

    private final List<Shard> shards;
    private final DispatchSettings settings;
    private final Function<ActorDescriptor, DispatchMetrics> metrics;

    public ActorDirectory(
            List<Shard> shards, DispatchSettings settings, Function<ActorDescriptor, DispatchMetrics> metrics) {
        this.shards = List.copyOf(shards);
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * The dispatcher for what a host announced, made where it is new.
     *
     * @throws IllegalArgumentException where the actor cannot be scheduled as it asks to be, with a sentence that says why
     */
    ActorDispatcher announced(ActorDescriptor descriptor) {
        List<ActorDispatcher> versions =
                byName.compute(descriptor.name(), (name, known) -> withVersion(known, descriptor));
        ActorDispatcher dispatcher = exactly(versions, descriptor.version());
        if (dispatcher == null) {
            throw new IllegalStateException("a version is not where it was just put");
        }
        dispatcher.describe(descriptor);
        return dispatcher;
    }

    private List<ActorDispatcher> withVersion(@Nullable List<ActorDispatcher> known, ActorDescriptor descriptor) {
        if (known != null && exactly(known, descriptor.version()) != null) {
            return known;
        }
        List<ActorDispatcher> more = known == null ? new ArrayList<>() : new ArrayList<>(known);
        Shard shard = shards.get(Math.floorMod(descriptor.name().hashCode(), shards.size()));
        more.add(new ActorDispatcher(descriptor, shard, settings, metrics.apply(descriptor)));
        more.sort(BY_AGE);
        return List.copyOf(more);
    }

    /** @param version empty: the newest that has replicas, else the newest */
    @Nullable ActorDispatcher find(String name, String version) {
        List<ActorDispatcher> versions = byName.get(name);
        if (versions == null) {
            return null;
        }
        return version.isEmpty() ? current(versions) : exactly(versions, version);
    }

    private static ActorDispatcher current(List<ActorDispatcher> versions) {
        int newest = versions.size() - 1;
        for (int i = newest; i >= 0; i--) {
            if (versions.get(i).replicaCount() > 0) {
                return versions.get(i);
            }
        }
        return versions.get(newest);
    }

    private static @Nullable ActorDispatcher exactly(List<ActorDispatcher> versions, String version) {
        for (int i = 0; i < versions.size(); i++) {
            ActorDispatcher dispatcher = versions.get(i);
            if (dispatcher.descriptor().version().equals(version)) {
                return dispatcher;
            }
        }
        return null;
    }

    /** What is published, by name: of each actor the version that queries get which name none. */
    public List<ActorDescriptor> published() {
        return new TreeMap<>(byName)
                .values().stream()
                        .map(versions -> current(versions).descriptor())
                        .toList();
    }

    Collection<ActorDispatcher> all() {
        return byName.values().stream().flatMap(List::stream).toList();
    }
}
