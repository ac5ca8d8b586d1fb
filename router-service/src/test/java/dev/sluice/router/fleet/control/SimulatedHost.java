package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement.Applied;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.Rejected;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A host as routers know it: what it does with placements, and what it announces. */
final class SimulatedHost {

    /** How long starting and ending takes, and whether a start succeeds. */
    interface Fates {
        long startNanos();

        boolean startFails();

        long endNanos();
    }

    static final class Replica {
        final String actor;
        final String version;
        final boolean placed;
        State state = State.STARTING;
        long untilNanos;
        boolean fails;

        Replica(String actor, String version, boolean placed) {
            this.actor = actor;
            this.version = version;
            this.placed = placed;
        }
    }

    final String nodeId;
    final int slots;
    final Set<Offer> offers;
    final Map<String, Replica> replicas = new LinkedHashMap<>();
    private final Set<String> refusedVersions;
    private final Fates fates;
    private final Map<String, Placement> placements = new LinkedHashMap<>();
    private long incarnation = 1;
    boolean up = true;
    boolean draining;

    SimulatedHost(String nodeId, int slots, Set<Offer> offers, Set<String> refusedVersions, Fates fates) {
        this.nodeId = nodeId;
        this.slots = slots;
        this.offers = offers;
        this.refusedVersions = refusedVersions;
        this.fates = fates;
    }

    boolean refuses(String version) {
        return refusedVersions.contains(version);
    }

    /** One that its own configuration names. */
    void startOwn(String actor, VersionSpec version, long now) {
        if (replicas.size() < slots) {
            start(actor + "-" + replicas.size(), new Replica(actor, version.version(), false), now);
        }
    }

    private void start(String id, Replica replica, long now) {
        replica.untilNanos = now + fates.startNanos();
        replica.fails = fates.startFails();
        replicas.put(id, replica);
    }

    /** @return ids of what was started */
    List<String> apply(Placement placement, long now) {
        Placement before = placements.get(placement.actor());
        if (draining || before != null && before.revision() > placement.revision()) {
            return List.of();
        }
        placements.put(placement.actor(), placement);
        Set<String> named = new HashSet<>(placement.kept());
        placement.replicas().forEach(wanted -> named.add(wanted.id()));
        replicas.forEach((id, replica) -> {
            if (replica.actor.equals(placement.actor()) && !named.contains(id) && replica.state != State.STOPPING) {
                // One that failed has nothing that could take time.
                replica.untilNanos = replica.state == State.FAILED ? now : now + fates.endNanos();
                replica.state = State.STOPPING;
            }
        });
        tick(now);
        List<String> started = new ArrayList<>();
        for (Placement.Wanted wanted : placement.replicas()) {
            if (!replicas.containsKey(wanted.id()) && replicas.size() < slots && !refuses(wanted.version())) {
                start(wanted.id(), new Replica(placement.actor(), wanted.version(), true), now);
                started.add(wanted.id());
            }
        }
        return started;
    }

    /** @return whether anything has changed */
    boolean tick(long now) {
        boolean changed = replicas.values().removeIf(each -> each.state == State.STOPPING && now >= each.untilNanos);
        for (Replica replica : replicas.values()) {
            if (replica.state == State.STARTING && now >= replica.untilNanos) {
                replica.state = replica.fails ? State.FAILED : State.READY;
                changed = true;
            }
        }
        return changed;
    }

    void die() {
        up = false;
        draining = false;
        replicas.clear();
        placements.clear();
    }

    void restart() {
        up = true;
        incarnation++;
    }

    HostState announced() {
        List<ReplicaState> states = new ArrayList<>();
        replicas.forEach((id, each) -> states.add(new ReplicaState(
                id,
                each.actor,
                each.version,
                each.state,
                each.state == State.FAILED ? "It was its fate." : "",
                each.placed)));
        List<Applied> applied = placements.values().stream()
                .map(each -> new Applied(each.actor(), each.store(), each.revision()))
                .toList();
        List<Rejected> rejected = placements.values().stream()
                .flatMap(each -> each.versions().stream()
                        .filter(version -> refuses(version.version()))
                        .map(version -> new Rejected(each.actor(), version.version(), "Not here.")))
                .collect(Collectors.toList());
        return new HostState(nodeId, incarnation, slots, draining, offers, states, applied, rejected);
    }
}
