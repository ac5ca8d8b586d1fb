package dev.sluice.router.fleet.plan;

import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.placement.VersionSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** The free slots of the hosts, while replicas are placed in them: for all actors of one round together. Not thread-safe. */
public final class Slots {

    private final List<HostState> hosts;
    private final Map<String, Integer> free = new HashMap<>();

    public Slots(List<HostState> hosts) {
        this.hosts =
                hosts.stream().sorted(Comparator.comparing(HostState::nodeId)).toList();
        for (HostState host : hosts) {
            free.put(host.nodeId(), host.slots() - host.replicas().size());
        }
    }

    /** In an order that is the same for all who know the same hosts. */
    List<HostState> hosts() {
        return hosts;
    }

    /** Whether replicas of a version can be made on a host that stays, whether there is room or not. */
    static boolean takes(HostState host, VersionSpec version) {
        return !host.leaving() && host.offers().contains(new Offer(version.kind(), version.type()));
    }

    /** The hosts that take a version. */
    Stream<HostState> offering(VersionSpec version) {
        return hosts.stream().filter(host -> takes(host, version));
    }

    boolean hasRoom(HostState host) {
        return free.getOrDefault(host.nodeId(), 0) > 0;
    }

    /**
     * The host that is to have the next replica: where the actor has least of the room, then where most is free, both in proportion
     * to the host's slots.
     *
     * @param candidates with room
     * @param ofActor how many replicas of the actor a host has
     */
    Optional<HostState> best(Stream<HostState> candidates, ToIntFunction<HostState> ofActor) {
        return candidates
                .filter(this::hasRoom)
                .min(Comparator.comparingDouble((HostState host) -> (ofActor.applyAsInt(host) + 1.0) / host.slots())
                        .thenComparingDouble(host -> -(double) free(host) / host.slots())
                        .thenComparing(HostState::nodeId));
    }

    private int free(HostState host) {
        return free.getOrDefault(host.nodeId(), 0);
    }

    void take(HostState host) {
        free.merge(host.nodeId(), -1, Integer::sum);
    }
}
