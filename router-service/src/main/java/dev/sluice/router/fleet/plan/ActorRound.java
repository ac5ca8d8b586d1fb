package dev.sluice.router.fleet.plan;

import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.plan.Wanted.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One look at one actor. Used once. */
final class ActorRound {

    /** Beyond what is wanted, so many parts in a hundred may run while others take their places; one at least. */
    private static final int SURGE_PERCENT = 25;

    /** A replica where it is. */
    private record Located(HostState host, ReplicaState replica) {
        boolean isReady() {
            return replica.isReady();
        }
    }

    private final Wanted wanted;
    private final Slots slots;
    private final Failures failures;
    private final long now;
    private final Map<String, Version> versions = new LinkedHashMap<>();

    /** By the host's node id: what is to run there of wanted versions, id to version. */
    private final Map<String, Map<String, String>> running = new TreeMap<>();

    /** By the host's node id: what goes on there until others have taken its place. */
    private final Map<String, Set<String>> kept = new TreeMap<>();

    private final Set<String> usedIds = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int ready;
    private int starting;
    private int missing;

    ActorRound(Wanted wanted, Slots slots, Failures failures, long now) {
        this.wanted = wanted;
        this.slots = slots;
        this.failures = failures;
        this.now = now;
        wanted.versions().forEach(version -> versions.put(version.spec().version(), version));
    }

    ActorPlan plan() {
        List<Located> staying = new ArrayList<>();
        List<Located> outgoing = new ArrayList<>();
        int alive = sort(staying, outgoing);
        Map<String, List<Located>> byVersion = new HashMap<>();
        staying.forEach(at -> byVersion
                .computeIfAbsent(at.replica().version(), none -> new ArrayList<>())
                .add(at));
        int room = Math.max(0, wanted.replicas() + surge() - alive);
        int blocked = 0;
        for (Version version : wanted.versions()) {
            List<Located> own = byVersion.getOrDefault(version.spec().version(), List.of());
            List<Located> chosen = choose(own, version.replicas(), outgoing);
            chosen.forEach(this::goesOn);
            int lacking = version.replicas() - chosen.size();
            int placed = place(version, Math.min(lacking, room));
            room -= placed;
            missing += lacking - placed;
            blocked += lacking - placed;
        }
        retire(outgoing, blocked);
        return new ActorPlan(
                placements(), changes, new ActorStatus(wanted.replicas(), ready, starting, missing, problems));
    }

    private int surge() {
        return Math.max(1, wanted.replicas() * SURGE_PERCENT / 100);
    }

    /**
     * Tells what may stay from what has to go.
     *
     * @return how many of the actor's replicas there are, those too that are ending
     */
    private int sort(List<Located> staying, List<Located> outgoing) {
        int alive = 0;
        Map<String, Located> byId = new HashMap<>();
        for (HostState host : slots.hosts()) {
            for (ReplicaState replica : host.replicasOf(wanted.actor())) {
                usedIds.add(replica.id());
                if (!replica.isAlive()) {
                    alive += replica.state() == State.STOPPING ? 1 : 0;
                    if (replica.state() == State.FAILED) {
                        changes.add(
                                change(Change.Kind.GIVE_UP, host, replica, "it could not start: " + replica.reason()));
                    }
                    continue;
                }
                alive++;
                Located at = new Located(host, replica);
                if (!replica.placed() || host.leaving() || !versions.containsKey(replica.version())) {
                    outgoing.add(at);
                } else {
                    Located twin = byId.putIfAbsent(replica.id(), at);
                    if (twin != null) {
                        // Two routers asked for it, and one of the two is one too many.
                        boolean newerIsBetter = !twin.isReady() && at.isReady();
                        byId.put(replica.id(), newerIsBetter ? at : twin);
                        outgoing.add(newerIsBetter ? twin : at);
                    }
                }
            }
        }
        staying.addAll(byId.values());
        staying.sort(Comparator.comparing((Located at) -> at.host().nodeId())
                .thenComparing(at -> at.replica().id()));
        return alive;
    }

    /** Of more than are wanted, those that are ready, and those where the actor has least. */
    private List<Located> choose(List<Located> own, int count, List<Located> outgoing) {
        List<Located> chosen = new ArrayList<>(own);
        while (chosen.size() > count) {
            Map<String, Integer> perHost = new HashMap<>();
            chosen.forEach(at -> perHost.merge(at.host().nodeId(), 1, Integer::sum));
            Located last = chosen.stream()
                    .max(Comparator.comparing((Located at) -> !at.isReady())
                            .thenComparingDouble(at ->
                                    (double) perHost.getOrDefault(at.host().nodeId(), 0)
                                            / at.host().slots())
                            .thenComparing(at -> at.replica().id()))
                    .orElseThrow();
            chosen.remove(last);
            outgoing.add(last);
        }
        return chosen;
    }

    private void goesOn(Located at) {
        running.computeIfAbsent(at.host().nodeId(), none -> new TreeMap<>())
                .put(at.replica().id(), at.replica().version());
        if (at.isReady()) {
            ready++;
        } else {
            starting++;
        }
    }

    private int place(Version version, int count) {
        VersionSpec spec = version.spec();
        int placed = 0;
        while (placed < count) {
            HostState host = slots.best(
                            slots.offering(spec)
                                    .filter(at -> at.rejected(wanted.actor(), spec.version())
                                            .isEmpty())
                                    .filter(at -> !failures.isBarred(wanted.actor(), spec.version(), at.nodeId(), now)),
                            this::countOn)
                    .orElse(null);
            if (host == null) {
                break;
            }
            String id = freeId(spec.version());
            slots.take(host);
            running.computeIfAbsent(host.nodeId(), none -> new TreeMap<>()).put(id, spec.version());
            changes.add(new Change(
                    Change.Kind.START,
                    wanted.actor(),
                    spec.version(),
                    id,
                    host.nodeId(),
                    version.replicas() + " of version " + spec.version() + " are wanted"));
            starting++;
            placed++;
        }
        if (placed < count) {
            problems.add(whyNot(spec, count - placed));
        }
        return placed;
    }

    private int countOn(HostState host) {
        int own = running.getOrDefault(host.nodeId(), Map.of()).size();
        return own + kept.getOrDefault(host.nodeId(), Set.of()).size();
    }

    private String freeId(String version) {
        for (int ordinal = 0; ; ordinal++) {
            String id = wanted.actor() + "@" + version + "-" + ordinal;
            if (usedIds.add(id)) {
                return id;
            }
        }
    }

    private String whyNot(VersionSpec spec, int count) {
        String what = count + " of version " + spec.version() + " cannot be placed: ";
        List<HostState> offering = slots.offering(spec).toList();
        if (offering.isEmpty()) {
            return what + "no host offers the " + spec.kind() + " type '" + spec.type() + "'.";
        }
        for (HostState host : offering) {
            var no = host.rejected(wanted.actor(), spec.version());
            if (no.isPresent()) {
                return what + no.get().reason();
            }
        }
        String failure = failures.reason(wanted.actor(), spec.version());
        if (!failure.isEmpty()) {
            return what + "it did not start where it was tried, and is tried again later (" + failure + ").";
        }
        int all = offering.stream().mapToInt(HostState::slots).sum();
        return what + "all " + all + " slots of the hosts that could run it are taken.";
    }

    /**
     * Ends what is not wanted, and keeps as much of it as others have not replaced yet, what is ready first.
     *
     * @param blocked replicas that could not be placed
     */
    private void retire(List<Located> outgoing, int blocked) {
        int keep = Math.max(0, wanted.replicas() - ready);
        if (blocked > 0 && starting == 0 && missing > 0 && wanted.replicas() > 1 && !hasRoomSomewhere()) {
            // Nothing moves unless one makes room.
            keep = Math.min(keep, Math.max(1, countReady(outgoing) - 1));
        }
        outgoing.sort(Comparator.comparing((Located at) -> !at.isReady())
                .thenComparing(at -> at.host().leaving())
                .thenComparing(at -> at.host().nodeId())
                .thenComparing(at -> at.replica().id()));
        for (Located at : outgoing) {
            boolean stays = keep > 0 && at.isReady();
            if (stays) {
                keep--;
                kept.computeIfAbsent(at.host().nodeId(), none -> new TreeSet<>())
                        .add(at.replica().id());
            } else {
                changes.add(change(Change.Kind.STOP, at.host(), at.replica(), whyStopped(at)));
            }
        }
    }

    private static int countReady(List<Located> outgoing) {
        return (int) outgoing.stream().filter(Located::isReady).count();
    }

    private boolean hasRoomSomewhere() {
        return wanted.versions().stream()
                .anyMatch(version -> slots.offering(version.spec()).anyMatch(slots::hasRoom));
    }

    private String whyStopped(Located at) {
        if (at.host().leaving()) {
            return "its host is leaving";
        }
        if (wanted.versions().isEmpty()) {
            return "the actor is undeployed";
        }
        if (!versions.containsKey(at.replica().version())) {
            return "version " + at.replica().version() + " is no longer wanted";
        }
        if (!at.replica().placed()) {
            return "the routers have placed others in its place";
        }
        return "more of version " + at.replica().version() + " run than are wanted";
    }

    private Change change(Change.Kind kind, HostState host, ReplicaState replica, String reason) {
        return new Change(kind, wanted.actor(), replica.version(), replica.id(), host.nodeId(), reason);
    }

    /** For every host that has something of the actor, or could have: that one makes its versions known. */
    private Map<String, Placement> placements() {
        Map<String, Placement> placements = new HashMap<>();
        for (HostState host : slots.hosts()) {
            List<VersionSpec> known = wanted.versions().stream()
                    .map(Version::spec)
                    .filter(spec -> slots.offering(spec).anyMatch(host::equals))
                    .toList();
            boolean concerned = !known.isEmpty()
                    || !host.replicasOf(wanted.actor()).isEmpty()
                    || host.applied(wanted.actor()).isPresent();
            if (concerned) {
                List<Placement.Wanted> replicas = running.getOrDefault(host.nodeId(), Map.of()).entrySet().stream()
                        .map(each -> new Placement.Wanted(each.getKey(), each.getValue()))
                        .toList();
                placements.put(
                        host.nodeId(),
                        new Placement(
                                wanted.store(),
                                wanted.revision(),
                                wanted.actor(),
                                known,
                                replicas,
                                List.copyOf(kept.getOrDefault(host.nodeId(), Set.of()))));
            }
        }
        return placements;
    }
}
