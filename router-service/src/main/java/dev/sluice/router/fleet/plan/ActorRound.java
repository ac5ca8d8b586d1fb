package dev.sluice.router.fleet.plan;

import dev.sluice.router.fleet.plan.Change.Kind;
import dev.sluice.router.fleet.plan.Wanted.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** One look at one actor. Used once. */
final class ActorRound {

    /** Beyond what is wanted, so many parts in a hundred may run while others take their places; one at least. */
    private static final int SURGE_PERCENT = 25;

    private final Wanted wanted;
    private final List<HostState> hosts;
    private final Room room;
    private final Map<String, Version> versions = new LinkedHashMap<>();
    private final Stock stock;
    private final List<Located> outgoing;
    private final Set<String> ids;
    private final Draft draft = new Draft();
    private final Map<String, Integer> lacking = new HashMap<>();
    private final Map<Version, Integer> blocked = new LinkedHashMap<>();
    private final ComingSlots coming = new ComingSlots();
    private final Map<String, Shortage> reasons = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int ready;
    private int starting;

    ActorRound(Wanted wanted, List<HostState> hosts, Room room) {
        this.wanted = wanted;
        this.hosts = hosts;
        this.room = room;
        wanted.versions().forEach(version -> versions.merge(version.spec().version(), version, ActorRound::both));
        this.stock = Stock.of(wanted.actor(), hosts, versions.keySet());
        this.outgoing = new ArrayList<>(stock.outgoing());
        this.ids = new HashSet<>(stock.ids());
    }

    /** Of one that is wanted for two reasons, say as candidate and as shadow. */
    private static Version both(Version one, Version other) {
        return new Version(one.spec(), one.replicas() + other.replicas());
    }

    ActorPlan plan() {
        stock.failed().forEach(at -> changes.add(change(Kind.GIVE_UP, at, whyGivenUp(at))));
        versions.values().forEach(this::goOn);
        placeAll();
        retire();
        hosts.forEach(this::tellOfOneThatDoesNotListen);
        return new ActorPlan(
                draft.placements(wanted, hosts),
                changes,
                new ActorStatus(wanted.replicas(), ready, starting, shortages(), problems),
                reasons);
    }

    /** It takes nothing from who is behind it: a router that reads late, or a store that was put back. */
    private void tellOfOneThatDoesNotListen(HostState host) {
        host.applied(wanted.actor())
                .filter(last -> last.store().equals(wanted.store()) && last.revision() > wanted.revision())
                .ifPresent(last -> problems.add("The host " + host.nodeId() + " follows the revision " + last.revision()
                        + " of what is wanted, and ignores " + wanted.revision()
                        + ", the last that this router could read: the store is read late, or was put back."));
    }

    private void goOn(Version version) {
        List<Located> chosen = new ArrayList<>(stock.staying().stream()
                .filter(at -> at.version().equals(version.spec().version()))
                .toList());
        while (chosen.size() > version.replicas()) {
            Located last = leastUseful(chosen);
            chosen.remove(last);
            outgoing.add(last);
        }
        for (Located at : chosen) {
            draft.run(at.host(), at.replica().id(), at.version());
            ready += at.isReady() ? 1 : 0;
            starting += at.isReady() ? 0 : 1;
        }
        lacking.put(version.spec().version(), version.replicas() - chosen.size());
    }

    /** One that is not ready, else one where the version has most of the room, or most replicas. */
    private static Located leastUseful(List<Located> chosen) {
        Map<String, Integer> perHost = new HashMap<>();
        chosen.forEach(at -> perHost.merge(at.host().nodeId(), 1, Integer::sum));
        ToIntFunction<Located> count = at -> perHost.getOrDefault(at.host().nodeId(), 0);
        return chosen.stream()
                .max(Comparator.comparing((Located at) -> !at.isReady())
                        .thenComparingDouble(
                                at -> (double) count.applyAsInt(at) / at.host().slots())
                        .thenComparingInt(count)
                        .thenComparing(at -> at.host().nodeId())
                        .thenComparing(at -> at.replica().id()))
                .orElseThrow();
    }

    private void placeAll() {
        int most = Math.max(0, wanted.replicas() + surge() - stock.alive());
        for (Version version : versions.values()) {
            int lacks = lacking.getOrDefault(version.spec().version(), 0);
            int count = Math.min(lacks, most);
            int placed = place(version, count);
            most -= placed;
            if (placed < lacks) {
                reasons.put(
                        version.spec().version(), placed < count ? room.shortage(version.spec()) : Shortage.PENDING);
            }
            if (placed < count) {
                blocked.put(version, count - placed);
                problems.add((count - placed) + " of version " + version.spec().version() + " cannot be placed: "
                        + room.whyNone(version.spec()));
            }
        }
    }

    /** What nothing else is known of waits until others have ended. */
    private Map<Shortage, Integer> shortages() {
        Map<Shortage, Integer> shortages = new EnumMap<>(Shortage.class);
        blocked.forEach((version, unplaced) -> {
            Shortage why = reasons.getOrDefault(version.spec().version(), Shortage.PENDING);
            int awaited = why == Shortage.SLOTS ? coming.take(unplaced, host -> room.isOpen(host, version.spec())) : 0;
            shortages.merge(why, unplaced - awaited, Integer::sum);
        });
        int told = shortages.values().stream().mapToInt(Integer::intValue).sum();
        shortages.merge(Shortage.PENDING, wanted.replicas() - ready - starting - told, Integer::sum);
        shortages.values().removeIf(count -> count == 0);
        return shortages;
    }

    private int surge() {
        return Math.max(1, wanted.replicas() * SURGE_PERCENT / 100);
    }

    private int place(Version version, int count) {
        String name = version.spec().version();
        for (int placed = 0; placed < count; placed++) {
            Optional<HostState> host = room.take(version.spec(), draft::runningOn);
            if (host.isEmpty()) {
                return placed;
            }
            String id = freeId(name);
            draft.run(host.get(), id, name);
            starting++;
            String reason = version.replicas() + " of version " + name + " are wanted";
            changes.add(
                    new Change(Kind.START, wanted.actor(), name, id, host.get().nodeId(), reason));
        }
        return count;
    }

    private String freeId(String version) {
        for (int ordinal = 0; ; ordinal++) {
            String id = wanted.actor() + "@" + version + "-" + ordinal;
            if (ids.add(id)) {
                return id;
            }
        }
    }

    /** Ends what is not wanted, and keeps as much of it as others have not replaced yet. */
    private void retire() {
        outgoing.sort(mostUseful());
        List<Located> kept = new ArrayList<>(outgoing.stream()
                .filter(this::isStandIn)
                .limit(Math.max(0, wanted.replicas() - ready))
                .toList());
        boolean isLast = ready + kept.size() < 2;
        if (starting == 0 && stock.isSettled() && !isLast) {
            makeRoom(kept);
        }
        kept.forEach(draft::keep);
        outgoing.removeAll(kept);
        coming.add(stock.ending());
        coming.add(outgoing);
        // What is kept ends in its turn, once others are ready; but the last one makes no room for these.
        if (starting > 0 || !isLast || coming.hasAny(this::isOfUse)) {
            coming.add(kept);
        }
        outgoing.forEach(at -> changes.add(change(Kind.STOP, at, whyStopped(at))));
    }

    /** What serves, and what a host of its own is about to let serve. */
    private boolean isStandIn(Located at) {
        return at.isReady() || !at.replica().placed() && versions.containsKey(at.version());
    }

    private Comparator<Located> mostUseful() {
        return Comparator.comparing((Located at) -> !at.isReady())
                .thenComparing(at -> !versions.containsKey(at.version()))
                .thenComparing(at -> at.host().leaving())
                .thenComparing(at -> at.host().nodeId())
                .thenComparing(at -> at.replica().id());
    }

    /** Where all slots are taken nothing moves unless one is given up: one at a time, whose slot is of use. */
    private void makeRoom(List<Located> kept) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (isOfUse(kept.get(i).host())) {
                kept.remove(i);
                return;
            }
        }
    }

    /** Whether a slot there would do for something that has none. */
    private boolean isOfUse(HostState host) {
        return blocked.keySet().stream()
                .map(Version::spec)
                .anyMatch(spec -> reasons.get(spec.version()) == Shortage.SLOTS && room.isOpen(host, spec));
    }

    private String whyGivenUp(Located at) {
        return (room.hadServed(at) ? "it failed: " : "it could not start: ")
                + at.replica().reason();
    }

    private String whyStopped(Located at) {
        if (at.host().leaving()) {
            return "its host is leaving";
        }
        if (versions.isEmpty()) {
            return "the actor is undeployed";
        }
        if (!versions.containsKey(at.version())) {
            return "version " + at.version() + " is no longer wanted";
        }
        if (!at.replica().placed()) {
            return "the routers have placed others in its place";
        }
        return "more of version " + at.version() + " run than are wanted";
    }

    private Change change(Kind kind, Located at, String reason) {
        return new Change(
                kind, wanted.actor(), at.version(), at.replica().id(), at.host().nodeId(), reason);
    }
}
