package dev.sluice.router.fleet.control;

import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.router.fleet.plan.ActorStatus;
import dev.sluice.router.fleet.plan.Wanted;
import dev.sluice.router.fleet.plan.Wanted.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an actor comes to when nothing goes wrong any more: exactly what is wanted, or as much of it as there are slots for, with the
 * rest told as a problem.
 *
 * @param ready how many of each wanted version serve where they may stay
 * @param others how many replicas there are beside those, those that fail, start or end too
 * @param spare of the others, those that serve where something lacking could be instead
 */
record Rest(Wanted wanted, Map<String, Integer> ready, int others, int spare, boolean isRoomLeft) {

    static Rest of(Wanted wanted, List<SimulatedHost> hosts, Set<String> drained) {
        Map<String, Integer> ready = new HashMap<>();
        List<SimulatedHost> othersAt = new ArrayList<>();
        List<SimulatedHost> open = hosts.stream()
                .filter(host -> host.up && !host.draining && !drained.contains(host.nodeId))
                .toList();
        for (SimulatedHost host : hosts) {
            host.replicas.values().stream()
                    .filter(replica -> replica.actor.equals(wanted.actor()))
                    .forEach(replica -> {
                        boolean isWanted = wanted.versions().stream()
                                .anyMatch(version -> version.spec().version().equals(replica.version));
                        if (isWanted && replica.placed && replica.state == State.READY && open.contains(host)) {
                            ready.merge(replica.version, 1, Integer::sum);
                        } else {
                            othersAt.add(host);
                        }
                    });
        }
        List<Version> lacking = wanted.versions().stream()
                .filter(version -> ready.getOrDefault(version.spec().version(), 0) < version.replicas())
                .toList();
        List<SimulatedHost> useful = open.stream()
                .filter(host -> lacking.stream().anyMatch(version -> takes(host, version)))
                .toList();
        return new Rest(
                wanted,
                ready,
                othersAt.size(),
                (int) othersAt.stream().filter(useful::contains).count(),
                useful.stream().anyMatch(host -> host.replicas.size() < host.slots));
    }

    private static boolean takes(SimulatedHost host, Version version) {
        return host.offers.contains(
                        new Offer(version.spec().kind(), version.spec().type()))
                && !host.refuses(version.spec().version());
    }

    /** What is not as it should be; empty where all is well. */
    String lacks(@Nullable ActorStatus status) {
        boolean isExact = others == 0
                && wanted.versions().stream()
                        .allMatch(version -> ready.getOrDefault(version.spec().version(), 0) == version.replicas());
        if (isExact) {
            return status == null || status.problems().isEmpty() ? "" : "complains of nothing";
        }
        int serving = ready.values().stream().mapToInt(Integer::intValue).sum();
        if (isRoomLeft) {
            return "leaves room unused";
        }
        if (spare > 1 || spare == 1 && serving > 0) {
            return "makes no room";
        }
        boolean isTold =
                status != null && status.missing() > 0 && !status.problems().isEmpty();
        return isTold ? "" : "does not say what is missing";
    }
}
