package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.plan.ActorPlan;
import dev.sluice.router.fleet.plan.ActorStatus;
import dev.sluice.router.fleet.plan.Change;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import dev.sluice.router.fleet.plan.Wanted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds of every plan, seen from what its controller knew. */
final class PlanChecks {

    private final Wanted wanted;
    private final List<HostState> hosts;
    private final ActorPlan plan;
    private int readyBefore;
    private int readyAfter;
    private int alive;
    private boolean unsettled;
    private boolean isOfUse;

    private PlanChecks(Wanted wanted, List<HostState> hosts, ActorPlan plan) {
        this.wanted = wanted;
        this.hosts = hosts;
        this.plan = plan;
    }

    /** Beyond what is wanted so many may run. */
    static int surge(Wanted wanted) {
        return Math.max(1, wanted.replicas() / 4);
    }

    /** @param hosts as the plan saw them */
    static void check(Wanted wanted, List<HostState> hosts, ActorPlan plan) {
        new PlanChecks(wanted, hosts, plan).check();
    }

    private void check() {
        Set<String> running = new HashSet<>();
        for (HostState host : hosts) {
            host(host, running);
        }
        long starts = count(Change.Kind.START);
        require(starts <= Math.max(0, wanted.replicas() + surge(wanted) - alive), "starts more than may be alive");
        int least = Math.min(readyBefore, wanted.replicas());
        require(readyAfter >= Math.min(1, least), "ends the last that is ready");
        require(readyAfter >= least - 1, "ends more than one that is wanted");
        if (readyAfter < least) {
            require(!plan.status().problems().isEmpty(), "gives one up without saying why");
            require(!unsettled && starts == 0, "gives one up while others come or go");
            require(isOfUse, "gives one up where it is of no use");
        }
        status(running.size());
    }

    private void host(HostState host, Set<String> running) {
        Placement placement = plan.placements().get(host.nodeId());
        Set<String> named = new HashSet<>();
        if (placement != null) {
            placement.replicas().forEach(replica -> named.add(replica.id()));
            require(running.stream().noneMatch(named::contains), "the same id on two hosts");
            running.addAll(named);
            named.addAll(placement.kept());
        }
        Map<String, ReplicaState> before = new HashMap<>();
        for (ReplicaState replica : host.replicas()) {
            if (replica.actor().equals(wanted.actor())) {
                before.put(replica.id(), replica);
                existing(host, replica, named.contains(replica.id()));
            }
        }
        if (placement != null) {
            require(before.keySet().containsAll(placement.kept()), "keeps what is not there");
            for (Placement.Wanted replica : placement.replicas()) {
                if (!before.containsKey(replica.id())) {
                    started(host, placement, replica);
                }
            }
        }
    }

    private void existing(HostState host, ReplicaState replica, boolean named) {
        boolean isAlive = replica.state() == State.READY || replica.state() == State.STARTING;
        alive += replica.state() == State.FAILED ? 0 : 1;
        unsettled |= replica.state() != State.READY;
        readyBefore += replica.state() == State.READY ? 1 : 0;
        isOfUse |= replica.state() == State.READY && !named && takesAnyWanted(host);
        readyAfter += replica.state() == State.READY && named ? 1 : 0;
        require(isAlive || !named, "wants what ends or failed");
        require(!isAlive || named != isTold(Change.Kind.STOP, host, replica.id()), "does not say what it ends");
        require(
                replica.state() != State.FAILED || isTold(Change.Kind.GIVE_UP, host, replica.id()),
                "does not say what it gives up");
    }

    private boolean takesAnyWanted(HostState host) {
        return !host.leaving()
                && wanted.versions().stream().anyMatch(version -> {
                    VersionSpec spec = version.spec();
                    return host.offers().contains(new Offer(spec.kind(), spec.type()))
                            && !isRejected(host, spec.version());
                });
    }

    private boolean isRejected(HostState host, String version) {
        return host.rejected().stream()
                .anyMatch(
                        no -> no.actor().equals(wanted.actor()) && no.version().equals(version));
    }

    private void started(HostState host, Placement placement, Placement.Wanted replica) {
        require(isTold(Change.Kind.START, host, replica.id()), "does not say what it starts");
        VersionSpec spec = placement.versions().stream()
                .filter(version -> version.version().equals(replica.version()))
                .findFirst()
                .orElse(null);
        require(spec != null, "starts a version that the host does not know");
        require(!host.leaving(), "starts something on a host that leaves");
        require(
                spec != null && host.offers().contains(new Offer(spec.kind(), spec.type())),
                "starts something where it is not offered");
        require(!isRejected(host, replica.version()), "starts what was rejected");
    }

    private void status(int running) {
        ActorStatus status = plan.status();
        require(status.wanted() == wanted.replicas(), "status: wanted");
        require(status.ready() + status.starting() == running, "status: running");
        require(status.ready() <= readyAfter, "status: ready");
        require(status.missing() == status.wanted() - running, "status: missing");
    }

    private long count(Change.Kind kind) {
        return plan.changes().stream().filter(change -> change.kind() == kind).count();
    }

    private boolean isTold(Change.Kind kind, HostState host, String id) {
        return plan.changes().stream()
                .anyMatch(change -> change.kind() == kind
                        && change.host().equals(host.nodeId())
                        && change.replica().equals(id)
                        && !change.reason().isEmpty());
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + ": wanted " + wanted + " of " + hosts + " gives " + plan);
        }
    }

    /** That no host is asked for more than it has room for, over all actors of one look. */
    static void checkSlots(List<HostState> hosts, List<ActorPlan> plans) {
        for (HostState host : hosts) {
            long starts = plans.stream()
                    .flatMap(plan -> plan.changes().stream())
                    .filter(change ->
                            change.kind() == Change.Kind.START && change.host().equals(host.nodeId()))
                    .count();
            if (starts > Math.max(0, host.slots() - host.replicas().size())) {
                throw new AssertionError("asks for " + starts + " more of " + host);
            }
        }
    }
}
