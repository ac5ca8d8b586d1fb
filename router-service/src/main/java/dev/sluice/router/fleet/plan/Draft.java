package dev.sluice.router.fleet.plan;

import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.VersionSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The placements of one actor while they are thought out. Not thread-safe. */
final class Draft {

    /** By the host's node id: ids that are to run there, with their versions. */
    private final Map<String, Map<String, String>> running = new TreeMap<>();

    /** By the host's node id: ids that go on there until others have taken their places. */
    private final Map<String, Set<String>> kept = new TreeMap<>();

    void run(HostState host, String id, String version) {
        running.computeIfAbsent(host.nodeId(), none -> new TreeMap<>()).put(id, version);
    }

    void keep(Located at) {
        kept.computeIfAbsent(at.host().nodeId(), none -> new TreeSet<>())
                .add(at.replica().id());
    }

    /** How many are to run on a host. */
    int runningOn(HostState host) {
        return running.getOrDefault(host.nodeId(), Map.of()).size();
    }

    /** For every host that has something of the actor, or could have: that one makes its versions known. */
    Map<String, Placement> placements(Wanted wanted, List<HostState> hosts) {
        Map<String, Placement> placements = new HashMap<>();
        for (HostState host : hosts) {
            List<VersionSpec> known = wanted.versions().stream()
                    .map(Wanted.Version::spec)
                    .filter(spec -> Slots.takes(host, spec))
                    .toList();
            boolean isConcerned = !known.isEmpty()
                    || !host.replicasOf(wanted.actor()).isEmpty()
                    || host.applied(wanted.actor()).isPresent();
            if (isConcerned) {
                placements.put(host.nodeId(), placement(wanted, host, known));
            }
        }
        return placements;
    }

    private Placement placement(Wanted wanted, HostState host, List<VersionSpec> known) {
        List<Placement.Wanted> replicas = running.getOrDefault(host.nodeId(), Map.of()).entrySet().stream()
                .map(each -> new Placement.Wanted(each.getKey(), each.getValue()))
                .toList();
        List<String> staying = List.copyOf(kept.getOrDefault(host.nodeId(), Set.of()));
        return new Placement(wanted.store(), wanted.revision(), wanted.actor(), known, replicas, staying);
    }
}
