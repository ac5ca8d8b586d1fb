package dev.sluice.router.dispatch;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.placement.SplitMix;
import dev.sluice.router.batching.Shard;
import dev.sluice.scheduling.MethodLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The actors that this router has heard of, each with its dispatcher, but for versions that are long gone. Thread-safe. */
public final class ActorDirectory {

    private static final Comparator<Destination> BY_AGE =
            Comparator.comparing(dispatcher -> dispatcher.descriptor().version(), VersionOrder.OLDEST_FIRST);

    private static final int ALL = 100;

    /** Finer than any part that matters. */
    private static final int POINTS = 1 << 20;

    /** The versions of each actor, oldest first. The lists never change, so that a look-up walks one without a lock. */
    private final Map<String, List<Destination>> byName = new ConcurrentHashMap<>();

    private final List<Shard> shards;
    private final AtomicLong turns = new AtomicLong();
    private volatile Map<String, Traffic> traffic = Map.of();
    private volatile boolean undivided;
    private volatile Set<String> awaited = Set.of();
    private final DispatchSettings settings;
    private final Function<ActorDescriptor, DispatchMetrics> metrics;
    private final GoneVersions gone;

    /** @param memory how long a version is remembered that nobody needs */
    public ActorDirectory(
            List<Shard> shards,
            DispatchSettings settings,
            Function<ActorDescriptor, DispatchMetrics> metrics,
            Duration memory) {
        this.shards = List.copyOf(shards);
        this.settings = settings;
        this.metrics = metrics;
        this.gone = new GoneVersions(memory, shards.get(0)::now);
    }

    /**
     * The dispatcher for what a host announced, made where it is new.
     *
     * @param hasReplica whether the host has one of it, be it one that starts; else it only says that it might have
     * @return null where it is forgotten, and nobody wants it back
     * @throws IllegalArgumentException where the actor cannot be scheduled as it asks to be, with a sentence that says why
     */
    @Nullable ActorDispatcher announced(ActorDescriptor descriptor, boolean hasReplica) {
        @Nullable List<Destination> versions =
                byName.compute(descriptor.name(), (name, known) -> withVersion(known, descriptor, hasReplica));
        Destination there = versions == null ? null : exactly(versions, descriptor.version());
        if (there == null) {
            return null;
        }
        if (!(there instanceof ActorDispatcher dispatcher)) {
            throw new IllegalArgumentException("This router answers for version " + descriptor.version() + " of '"
                    + descriptor.name() + "' itself, as a pipeline. Give one of them another name or version.");
        }
        dispatcher.describe(descriptor);
        return dispatcher;
    }

    private @Nullable List<Destination> withVersion(
            @Nullable List<Destination> known, ActorDescriptor descriptor, boolean hasReplica) {
        Destination there = known == null ? null : exactly(known, descriptor.version());
        if (known != null && there != null) {
            if (hasReplica) {
                gone.needed(there);
            }
            return known;
        }
        VersionKey version = VersionKey.of(descriptor);
        boolean isElsewhere = known != null || traffic.containsKey(descriptor.name());
        if (isElsewhere && !hasReplica && gone.isForgotten(version) && !isWanted(descriptor)) {
            return known;
        }
        gone.isBack(version);
        List<Destination> more = known == null ? new ArrayList<>() : new ArrayList<>(known);
        ActorDispatcher dispatcher = new ActorDispatcher(
                descriptor,
                shard(descriptor.name()),
                settings,
                metrics.apply(descriptor),
                new Successor(() -> find(descriptor.name(), "")));
        tellWhetherAwaited(dispatcher);
        more.add(dispatcher);
        more.sort(BY_AGE);
        return List.copyOf(more);
    }

    private Shard shard(String name) {
        return shards.get(Math.floorMod(name.hashCode(), shards.size()));
    }

    /**
     * The actors that this router answers for itself from now on, in place of those that it did before, and of those that hosts announced
     * and that have no replicas any more. What is under way goes on.
     *
     * @return whether that is something new
     */
    public boolean compose(Collection<? extends Composition> compositions) {
        Set<Composition> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(compositions);
        Set<String> names = new HashSet<>(byName.keySet());
        wanted.forEach(composition -> names.add(composition.descriptor().name()));
        boolean changed = false;
        for (String name : names) {
            List<Destination> before = byName.get(name);
            List<Destination> after = byName.compute(name, (same, known) -> composed(known, name, wanted));
            changed |= !Objects.equals(before, after);
        }
        return changed;
    }

    /**
     * Forgets versions that have no replica, and that nobody wants, or where nobody says what is wanted, that others of their actor serve in
     * place of. One that comes back begins anew. To be called once in a while, by one thread.
     *
     * @param hosted those of which a host has a replica, in whatever state
     */
    void forgetGone(Set<VersionKey> hosted) {
        List<Destination> all = byName.values().stream().flatMap(List::stream).toList();
        for (Destination each : gone.look(all, destination -> isNeeded(destination, hosted))) {
            byName.compute(each.descriptor().name(), (name, known) -> without(known, each, hosted));
        }
    }

    private @Nullable List<Destination> without(
            @Nullable List<Destination> known, Destination destination, Set<VersionKey> hosted) {
        List<Destination> versions = known == null ? List.of() : known;
        if (gone.hasRetired(destination)) {
            if (exactly(versions, destination.descriptor().version()) == null) {
                gone.forgetRetired(destination);
            } else {
                gone.succeeded(destination);
            }
            return known;
        }
        if (!gone.isOver(destination) || isNeeded(destination, hosted) || !versions.contains(destination)) {
            return known;
        }
        // Here, before one of the same version can be made anew and is measured by the same meters.
        gone.forget(destination);
        List<Destination> left =
                versions.stream().filter(other -> other != destination).toList();
        return left.isEmpty() ? null : left;
    }

    /** Also where all of the actor is away that serves: its hosts may come back, and whoever watches it is to see that it has none. */
    private boolean isNeeded(Destination destination, Set<VersionKey> hosted) {
        ActorDescriptor descriptor = destination.descriptor();
        if (gone.hasRetired(destination)) {
            return false;
        }
        boolean works = destination.replicaCount() > 0
                || destination instanceof ActorDispatcher dispatcher && dispatcher.waiting() > 0;
        if (works || hosted.contains(VersionKey.of(descriptor)) || isWanted(descriptor)) {
            return true;
        }
        Traffic divided = traffic.get(descriptor.name());
        return divided == null
                ? byName.getOrDefault(descriptor.name(), List.of()).stream()
                        .noneMatch(other -> other.replicaCount() > 0)
                : divided.outgoing().filter(descriptor.version()::equals).isPresent();
    }

    private boolean isWanted(ActorDescriptor descriptor) {
        Traffic divided = traffic.get(descriptor.name());
        return divided != null && divided.isOf(descriptor.version());
    }

    /** Whether it is forgotten though nobody has said that it has retired: its hosts may come back. Any thread. */
    boolean isAway(String name, String version) {
        return !traffic.containsKey(name) && gone.isForgotten(new VersionKey(name, version));
    }

    /** Whether queries get to it. They do not as long as hosts have replicas of that name and version. */
    public boolean isComposed(Composition composition) {
        ActorDescriptor descriptor = composition.descriptor();
        return exactly(byName.getOrDefault(descriptor.name(), List.of()), descriptor.version())
                        instanceof ComposedActor composed
                && composed.composition() == composition;
    }

    private @Nullable List<Destination> composed(
            @Nullable List<Destination> known, String name, Set<Composition> wanted) {
        List<Destination> next = new ArrayList<>();
        Set<Composition> missing = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.stream()
                .filter(composition -> composition.descriptor().name().equals(name))
                .forEach(missing::add);
        for (Destination destination : known == null ? List.<Destination>of() : known) {
            if (!(destination instanceof ComposedActor composed) || missing.remove(composed.composition())) {
                next.add(destination);
            }
        }
        for (Composition composition : missing) {
            ActorDescriptor descriptor = composition.descriptor();
            Destination there = exactly(next, descriptor.version());
            if (there == null || there.replicaCount() == 0) {
                next.removeIf(destination -> destination == there);
                gone.isBack(VersionKey.of(descriptor));
                next.add(new ComposedActor(composition, shard(name), metrics.apply(descriptor)));
            }
        }
        for (Destination destination : known == null ? List.<Destination>of() : known) {
            if (exactly(next, destination.descriptor().version()) == null) {
                gone.retire(destination);
            }
        }
        next.sort(BY_AGE);
        return next.isEmpty() ? null : next.equals(known) ? known : List.copyOf(next);
    }

    /**
     * How the queries of actors are divided over their versions from now on. Of an actor that is not named, the newest version that has
     * replicas gets all.
     *
     * @return whether that is something new
     */
    public boolean divide(Map<String, Traffic> byActor) {
        Map<String, Traffic> before = traffic;
        boolean first = undivided;
        traffic = Map.copyOf(byActor);
        undivided = false;
        return first || !traffic.equals(before);
    }

    /**
     * Until it is told how queries are divided, the oldest version with a replica gets them: a newer one may be on trial, or be there for
     * copies only.
     */
    public void awaitDivision() {
        undivided = true;
    }

    /** Of the actors whose queries are spread over several routers, over how many. */
    Map<String, Integer> spread() {
        Map<String, Integer> spread = new TreeMap<>();
        traffic.forEach((name, divided) -> {
            if (divided.routers() > 1) {
                spread.put(name, divided.routers());
            }
        });
        return spread;
    }

    /**
     * @param version empty: whichever has its turn
     * @return null where there is none: one that has retired, and that nobody wants back, is none any more
     */
    @Nullable Destination find(String name, String version) {
        List<Destination> versions = byName.get(name);
        if (versions == null) {
            return null;
        }
        Traffic divided = traffic.get(name);
        if (divided != null && divided.shares().isEmpty()) {
            return null;
        }
        if (!version.isEmpty()) {
            Destination named = exactly(versions, version);
            boolean isThere = named != null && (divided == null || named.replicaCount() > 0 || divided.isOf(version));
            return isThere ? named : null;
        }
        return divided == null ? current(versions) : inTurn(versions, divided);
    }

    /** By its weight, and by what it can take yet. */
    private Destination inTurn(List<Destination> versions, Traffic divided) {
        List<Traffic.Share> shares = divided.shares();
        Traffic.Share first = shares.get(0);
        Destination alone = exactly(versions, first.version());
        if (shares.size() == 1 && alone != null && alone.replicaCount() >= Math.max(1, first.replicas())) {
            return alone;
        }
        Destination[] candidates = new Destination[shares.size() + 1];
        int[] ready = new int[shares.size()];
        boolean any = false;
        for (int i = 0; i < ready.length; i++) {
            Destination dispatcher = exactly(versions, shares.get(i).version());
            candidates[i] = dispatcher;
            ready[i] = dispatcher == null ? 0 : dispatcher.replicaCount();
            any |= ready[i] > 0;
        }
        Destination outgoing =
                divided.outgoing().map(version -> exactly(versions, version)).orElse(null);
        candidates[ready.length] = outgoing;
        if (any) {
            double[] parts = Division.parts(shares, ready, outgoing == null ? 0 : outgoing.replicaCount());
            double point = turn(POINTS) / (double) POINTS;
            for (int i = 0; i < parts.length; i++) {
                point -= parts[i];
                Destination dispatcher = candidates[i];
                if (point < 0 && dispatcher != null) {
                    return dispatcher;
                }
            }
        }
        return named(versions, divided);
    }

    /** A number for whoever comes next, from 0; mixed, so that no pattern of arrivals meets one of turns. */
    private long turn(int below) {
        return Math.floorMod(SplitMix.mixed(turns.getAndIncrement() * SplitMix.GAMMA), (long) below);
    }

    /** The version that people mean by the actor's name; while it has no replica, another that serves still. */
    private Destination named(List<Destination> versions, Traffic divided) {
        Destination named = null;
        for (Traffic.Share share : divided.shares()) {
            Destination dispatcher = exactly(versions, share.version());
            named = named == null ? dispatcher : named;
        }
        if (named != null && named.replicaCount() > 0) {
            return named;
        }
        for (int i = versions.size() - 1; i >= 0; i--) {
            Destination other = versions.get(i);
            boolean copiesOnly = divided.copies()
                    .filter(copies -> copies.version().equals(other.descriptor().version()))
                    .isPresent();
            if (other.replicaCount() > 0 && !copiesOnly) {
                return other;
            }
        }
        return named == null ? current(versions) : named;
    }

    private Destination current(List<Destination> versions) {
        if (undivided) {
            for (Destination version : versions) {
                if (version.replicaCount() > 0) {
                    return version;
                }
            }
        }
        int newest = versions.size() - 1;
        for (int i = newest; i >= 0; i--) {
            if (versions.get(i).replicaCount() > 0) {
                return versions.get(i);
            }
        }
        return versions.get(newest);
    }

    private static @Nullable Destination exactly(List<Destination> versions, String version) {
        for (int i = 0; i < versions.size(); i++) {
            Destination dispatcher = versions.get(i);
            if (dispatcher.descriptor().version().equals(version)) {
                return dispatcher;
            }
        }
        return null;
    }

    /** Where a copy of the next query of an actor goes; null where none is to be made. */
    @Nullable Destination copies(String name) {
        Traffic divided = traffic.get(name);
        if (divided == null || divided.copies().isEmpty()) {
            return null;
        }
        Traffic.Copies copies = divided.copies().get();
        if (turn(ALL) >= copies.percent()) {
            return null;
        }
        return exactly(byName.getOrDefault(name, List.of()), copies.version());
    }

    /** What is published, by name: of each actor the version that queries get which name none. */
    public List<ActorDescriptor> published() {
        Map<String, Traffic> divided = traffic;
        List<ActorDescriptor> published = new ArrayList<>();
        new TreeMap<>(byName).forEach((name, versions) -> {
            Traffic ofActor = divided.get(name);
            if (ofActor == null || !ofActor.shares().isEmpty()) {
                Destination shown = ofActor == null ? current(versions) : named(versions, ofActor);
                published.add(shown.descriptor());
            }
        });
        return List.copyOf(published);
    }

    /**
     * Of which actors replicas are on their way, or will be once they are called: their queries wait for one as long as they have time.
     * Any thread.
     */
    public void await(Set<String> names) {
        awaited = Set.copyOf(names);
        byName.forEach((name, versions) ->
                versions.stream().flatMap(ActorDirectory::dispatcher).forEach(this::tellWhetherAwaited));
    }

    /** Of a version that has retired no replica comes. */
    private void tellWhetherAwaited(ActorDispatcher dispatcher) {
        ActorDescriptor descriptor = dispatcher.descriptor();
        Traffic divided = traffic.get(descriptor.name());
        dispatcher.awaitReplica(
                awaited.contains(descriptor.name()) && (divided == null || divided.isOf(descriptor.version())));
    }

    /**
     * What is asked of each of these versions of an actor, by version, once their shards have said it. Of one that is not known
     * there is nothing. Any thread.
     */
    public CompletableFuture<Map<String, List<MethodLoad>>> loads(String name, Collection<String> ofVersions) {
        Map<String, List<MethodLoad>> loads = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        byName.getOrDefault(name, List.of()).stream()
                .flatMap(ActorDirectory::dispatcher)
                .forEach(dispatcher -> {
                    String version = dispatcher.descriptor().version();
                    if (ofVersions.contains(version)) {
                        asked.add(dispatcher.loads().thenAccept(load -> loads.put(version, load)));
                    }
                });
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(all -> Map.copyOf(loads));
    }

    /** What became of the queries of a version; null where it is not known. Any thread. */
    public VersionTally.@Nullable Ended ended(String name, String version) {
        Destination dispatcher = exactly(byName.getOrDefault(name, List.of()), version);
        return dispatcher == null ? null : dispatcher.outcomes().tally().soFar();
    }

    /** Whether a version is known to do more than answer, so that a query that runs twice may do harm. Any thread. */
    public boolean isOnceOnly(String name, String version) {
        Destination destination = exactly(byName.getOrDefault(name, List.of()), version);
        return destination != null && !destination.descriptor().idempotent();
    }

    /** How the replicas serve that this router can send batches to. Any thread. */
    public List<ReplicaConduct> conducts() {
        return all().stream()
                .flatMap(dispatcher -> dispatcher.conducts().stream())
                .toList();
    }

    /** Those whose queries replicas answer. */
    Collection<ActorDispatcher> all() {
        return byName.values().stream()
                .flatMap(List::stream)
                .flatMap(ActorDirectory::dispatcher)
                .toList();
    }

    private static Stream<ActorDispatcher> dispatcher(Destination destination) {
        return destination instanceof ActorDispatcher dispatcher ? Stream.of(dispatcher) : Stream.empty();
    }
}
