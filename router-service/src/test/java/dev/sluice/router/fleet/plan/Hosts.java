package dev.sluice.router.fleet.plan;

import dev.sluice.common.membership.Announcement.Applied;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.Rejected;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Hosts with replicas of the actor {@code a}, made of the type {@code t} unless it is said otherwise. */
final class Hosts {

    static final Offer OFFER = new Offer(ActorKinds.JAVA, "t");

    private Hosts() {}

    static VersionSpec spec(String version) {
        return spec(version, "t");
    }

    static VersionSpec spec(String version, String type) {
        return new VersionSpec(version, ActorKinds.JAVA, type, Map.of(), VersionSettings.UNSET);
    }

    static Wanted.Version version(String version, int replicas) {
        return new Wanted.Version(spec(version), replicas);
    }

    static Wanted wanted(Wanted.Version... versions) {
        return new Wanted("a", "store", 7, Arrays.asList(versions));
    }

    static HostState host(String nodeId, int slots, ReplicaState... replicas) {
        return new HostState(nodeId, 1, slots, false, Set.of(OFFER), Arrays.asList(replicas), List.of(), List.of());
    }

    static HostState leaving(HostState host) {
        return new HostState(
                host.nodeId(),
                host.incarnation(),
                host.slots(),
                true,
                host.offers(),
                host.replicas(),
                host.applied(),
                host.rejected());
    }

    static HostState restarted(HostState host) {
        return new HostState(
                host.nodeId(),
                host.incarnation() + 1,
                host.slots(),
                host.leaving(),
                host.offers(),
                host.replicas(),
                host.applied(),
                host.rejected());
    }

    static HostState offering(HostState host, String... types) {
        return new HostState(
                host.nodeId(),
                host.incarnation(),
                host.slots(),
                host.leaving(),
                Arrays.stream(types)
                        .map(type -> new Offer(ActorKinds.JAVA, type))
                        .collect(Collectors.toSet()),
                host.replicas(),
                host.applied(),
                host.rejected());
    }

    static HostState rejecting(HostState host, String actor, String version) {
        List<Rejected> rejected = new ArrayList<>(host.rejected());
        rejected.add(new Rejected(actor, version, "It has no model."));
        return new HostState(
                host.nodeId(),
                host.incarnation(),
                host.slots(),
                host.leaving(),
                host.offers(),
                host.replicas(),
                host.applied(),
                rejected);
    }

    static HostState having(HostState host, String actor) {
        return new HostState(
                host.nodeId(),
                host.incarnation(),
                host.slots(),
                host.leaving(),
                host.offers(),
                host.replicas(),
                List.of(new Applied(actor, "store", 7)),
                host.rejected());
    }

    /** A placed replica by its id, which names actor and version. */
    static ReplicaState replica(String id, State state) {
        String actor = id.substring(0, id.indexOf('@'));
        String version = id.substring(id.indexOf('@') + 1, id.lastIndexOf('-'));
        return new ReplicaState(id, actor, version, state, state == State.FAILED ? "out of memory" : "", true);
    }

    static ReplicaState ready(String id) {
        return replica(id, State.READY);
    }

    static ReplicaState starting(String id) {
        return replica(id, State.STARTING);
    }

    static ReplicaState stopping(String id) {
        return replica(id, State.STOPPING);
    }

    static ReplicaState failed(String id) {
        return replica(id, State.FAILED);
    }

    /** One of a host's own configuration. */
    static ReplicaState own(String id, String version, State state) {
        return new ReplicaState(id, "a", version, state, "", false);
    }
}
