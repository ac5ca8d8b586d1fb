package dev.sluice.router.fleet.plan;

import dev.sluice.common.membership.Announcement.Applied;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.Rejected;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A host as it said last that it is.
 *
 * @param nodeId stable over restarts
 * @param incarnation of its process
 * @param slots replicas that it has room for
 * @param leaving whether nothing new is to go there and what is there is to go elsewhere: it stops, or an operator drains it
 * @param offers what it can make replicas of
 * @param replicas what runs there, of all actors
 * @param applied the placements that hold there
 * @param rejected versions that it cannot make
 */
public record HostState(
        String nodeId,
        long incarnation,
        int slots,
        boolean leaving,
        Set<Offer> offers,
        List<ReplicaState> replicas,
        List<Applied> applied,
        List<Rejected> rejected) {

    public HostState {
        offers = Set.copyOf(offers);
        replicas = List.copyOf(replicas);
        applied = List.copyOf(applied);
        rejected = List.copyOf(rejected);
    }

    /** How many replicas could go there now. */
    public int freeSlots() {
        return leaving ? 0 : Math.max(0, slots - replicas.size());
    }

    Optional<Applied> applied(String actor) {
        return applied.stream()
                .filter(placement -> placement.actor().equals(actor))
                .findFirst();
    }

    /** Whether what it runs of an actor was asked for by a store. */
    public boolean follows(String actor, String store) {
        return applied(actor).filter(last -> last.store().equals(store)).isPresent();
    }

    Optional<Rejected> rejected(String actor, String version) {
        return rejected.stream()
                .filter(no -> no.actor().equals(actor) && no.version().equals(version))
                .findFirst();
    }

    /** How many replicas of a version serve here. */
    public int ready(String actor, String version) {
        return (int) replicas.stream()
                .filter(replica -> replica.isReady()
                        && replica.actor().equals(actor)
                        && replica.version().equals(version))
                .count();
    }

    List<ReplicaState> replicasOf(String actor) {
        return replicas.stream()
                .filter(replica -> replica.actor().equals(actor))
                .toList();
    }
}
