package dev.sluice.router.fleet.control;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.router.fleet.plan.ActorStatus;
import dev.sluice.router.fleet.plan.HostState;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fleet as its router saw it last. Never changes.
 *
 * @param routers the node ids of the routers that live
 * @param statuses of the actors that this router controls
 * @param hosts all that are linked and take replicas from routers
 * @param announced the actors of all hosts that are linked
 */
public record FleetView(
        Set<String> routers,
        Map<String, ActorStatus> statuses,
        List<HostState> hosts,
        List<ActorDescriptor> announced) {

    static final FleetView EMPTY = new FleetView(Set.of(), Map.of(), List.of(), List.of());

    public FleetView {
        routers = Set.copyOf(routers);
        statuses = Map.copyOf(statuses);
        hosts = List.copyOf(hosts);
        announced = List.copyOf(announced);
    }
}
