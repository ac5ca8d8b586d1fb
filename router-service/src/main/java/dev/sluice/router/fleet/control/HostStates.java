package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Placing;
import dev.sluice.router.dispatch.LinkedHost;
import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What hosts announce, as the plan needs it. */
final class HostStates {

    private HostStates() {}

    /**
     * @param drained hosts that an operator wants empty
     * @return by node id, of each node its one process that is linked
     */
    static Map<String, HostState> of(Collection<LinkedHost> linked, Set<String> drained) {
        Map<String, HostState> states = new LinkedHashMap<>();
        linked.stream()
                .filter(host -> host.announcement().placing().isPresent())
                .sorted(Comparator.comparing(LinkedHost::nodeId))
                .forEach(host -> states.put(host.nodeId(), state(host, drained.contains(host.nodeId()))));
        return states;
    }

    private static HostState state(LinkedHost host, boolean drained) {
        Announcement said = host.announcement();
        Placing placing = said.placing().orElseThrow();
        List<ReplicaState> replicas = said.replicas().stream()
                .map(replica -> new ReplicaState(
                        replica.id(),
                        replica.actor(),
                        replica.version(),
                        replica.state(),
                        replica.reason(),
                        placing.placed().contains(replica.id())))
                .toList();
        return new HostState(
                host.nodeId(),
                host.incarnation(),
                said.slots(),
                said.draining() || drained,
                Set.copyOf(placing.offers()),
                replicas,
                placing.applied(),
                placing.rejected());
    }
}
