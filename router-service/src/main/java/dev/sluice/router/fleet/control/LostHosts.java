package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.plan.HostState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notices which hosts went, and what they ran. Not thread-safe. */
final class LostHosts {

    private Map<String, HostState> before = Map.of();

    /**
     * @param hosts that are linked now
     * @return those of the last time whose processes are not linked any more, as they were then
     */
    List<HostState> since(Collection<HostState> hosts) {
        Map<String, Long> now = new HashMap<>();
        hosts.forEach(host -> now.put(host.nodeId(), host.incarnation()));
        return before.values().stream()
                .filter(host -> !Long.valueOf(host.incarnation()).equals(now.get(host.nodeId())))
                .toList();
    }

    /** @param hosts with what they were asked for: a replica may end its host before that can say that it starts */
    void remember(Collection<HostState> hosts) {
        Map<String, HostState> now = new HashMap<>();
        hosts.forEach(host -> now.put(host.nodeId(), host));
        before = Map.copyOf(now);
    }
}
