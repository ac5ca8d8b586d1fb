package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.plan.HostState;
import dev.sluice.router.fleet.plan.ReplicaState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notices which replicas went with their hosts. Not thread-safe. */
final class LostReplicas {

    /** One that is gone, and where it was. */
    record Lost(HostState host, ReplicaState replica) {

        /** Whether it was known that its host would go. */
        boolean isForeseen() {
            return host.leaving();
        }
    }

    private Map<String, HostState> before = Map.of();

    /**
     * @param hosts that are linked now
     * @return what ran when it was asked last, in processes that are not linked any more
     */
    List<Lost> since(Collection<HostState> hosts) {
        Map<String, HostState> now = new HashMap<>();
        hosts.forEach(host -> now.put(host.nodeId(), host));
        List<Lost> lost = new ArrayList<>();
        before.forEach((node, host) -> {
            HostState there = now.get(node);
            if (there == null || there.incarnation() != host.incarnation()) {
                host.replicas().forEach(replica -> lost.add(new Lost(host, replica)));
            }
        });
        before = Map.copyOf(now);
        return lost;
    }
}
