package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.placement.Placement;
import dev.sluice.router.fleet.plan.ActorPlan;
import dev.sluice.router.fleet.plan.ActorStatus;
import dev.sluice.router.fleet.plan.Failures;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.Reconciler;
import dev.sluice.router.fleet.plan.ReplicaState;
import dev.sluice.router.fleet.plan.Slots;
import dev.sluice.router.fleet.plan.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** What a router does that believes that it controls all actors. */
final class SimulatedController {

    final Map<SimulatedHost, SimulatedLink> links;
    final Map<String, ActorStatus> statuses = new HashMap<>();
    private final long epochNanos;
    private final Failures failures = new Failures();
    private final SentPlacements sent = new SentPlacements();
    private final LostHosts lost = new LostHosts();
    private final Set<String> ready = new HashSet<>();
    private Map<String, HostState> announced = Map.of();

    /** @param epochNanos what its clock says at the beginning */
    SimulatedController(Map<SimulatedHost, SimulatedLink> links, long epochNanos) {
        this.links = links;
        this.epochNanos = epochNanos;
    }

    /** @param arrival when what is sent now arrives */
    void look(List<Wanted> all, Set<String> drained, long time, LongSupplier arrival) {
        long now = epochNanos + time;
        see(drained, time);
        sent.observe(announced.values());
        lost.since(announced.values()).stream()
                .filter(gone -> !gone.leaving())
                .forEach(gone -> failures.lost(gone, now));
        List<HostState> hosts =
                announced.values().stream().map(host -> sent.overlay(host, now)).toList();
        hosts.forEach(this::checkReady);
        note(hosts);
        failures.observe(hosts, now);
        Reconciler reconciler = new Reconciler(new Slots(hosts), failures);
        List<ActorPlan> plans = new ArrayList<>();
        for (Wanted wanted : all) {
            ActorPlan plan = reconciler.plan(wanted, now);
            PlanChecks.check(wanted, hosts, plan);
            plans.add(plan);
            statuses.put(wanted.actor(), plan.status());
            send(plan, now, arrival);
        }
        lost.remember(
                announced.values().stream().map(host -> sent.overlay(host, now)).toList());
        PlanChecks.checkSlots(hosts, plans);
    }

    /** One that is asked to stop before it is ready is not counted when it has become so. */
    private void note(List<HostState> believed) {
        Set<String> present = new HashSet<>();
        for (HostState host : believed) {
            for (ReplicaState replica : host.replicas()) {
                String name = host.nodeId() + "/" + replica.id();
                present.add(name);
                if (replica.state() == State.READY) {
                    ready.add(name);
                }
            }
        }
        ready.retainAll(present);
    }

    private void see(Set<String> drained, long time) {
        announced = new HashMap<>();
        for (SimulatedLink link : links.values()) {
            HostState view = link.view(time);
            if (view != null) {
                announced.put(view.nodeId(), drained.contains(view.nodeId()) ? leaving(view) : view);
            }
        }
    }

    private static HostState leaving(HostState host) {
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

    private void send(ActorPlan plan, long now, LongSupplier arrival) {
        for (SimulatedLink link : links.values()) {
            Placement placement = plan.placements().get(link.host.nodeId);
            HostState host = announced.get(link.host.nodeId);
            if (placement != null && host != null && sent.due(host, placement, now)) {
                sent.sent(host, placement, now);
                long arrives = arrival.getAsLong();
                if (arrives >= 0) {
                    link.place(placement, arrives);
                }
            }
        }
    }

    /** Queries go to what seems ready: nothing may that its host has not announced as such. */
    private void checkReady(HostState believed) {
        for (ReplicaState replica : believed.replicas()) {
            if (replica.state() == State.READY
                    && !announced.get(believed.nodeId()).replicas().contains(replica)) {
                throw new AssertionError(replica + " is not ready: " + announced);
            }
        }
    }

    /** Whether it took a replica for ready when it decided last what becomes of it. */
    boolean counts(SimulatedHost host, String id) {
        return ready.contains(host.nodeId + "/" + id);
    }
}
