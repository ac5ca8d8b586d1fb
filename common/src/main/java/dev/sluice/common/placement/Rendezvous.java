package dev.sluice.common.placement;

import java.util.Collection;
import java.util.Optional;

/**
 * Highest random weight (Thaler and Ravishankar, 1996): each node has a weight for each actor, and the heaviest is the actor's. All
 * who know the same nodes agree without talking, and a node that leaves moves only its own actors.
 */
public final class Rendezvous {

    private Rendezvous() {}

    /** Unsigned bits, compared as signed numbers. */
    public static long weight(String actor, String nodeId) {
        return SplitMix.mixed(actor.hashCode() * SplitMix.GAMMA + nodeId.hashCode());
    }

    /** The heaviest; empty where there are none. */
    public static Optional<String> first(String actor, Collection<String> nodeIds) {
        String best = null;
        long heaviest = 0;
        for (String nodeId : nodeIds) {
            long weight = weight(actor, nodeId);
            if (best == null || weight > heaviest || weight == heaviest && nodeId.compareTo(best) > 0) {
                best = nodeId;
                heaviest = weight;
            }
        }
        return Optional.ofNullable(best);
    }
}
