package dev.sluice.frontend.gateway;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Highest random weight (Thaler and Ravishankar, 1996): each router has a weight for each actor, and the heaviest gets the
 * actor's queries. All frontends agree without talking, and a router that leaves moves only its own actors.
 */
final class Rendezvous {

    private Rendezvous() {}

    /** The heaviest of these for the actor, other than the one given up on; null where there is none. */
    static @Nullable RouterLink choose(String actor, Collection<RouterLink> routers, @Nullable RouterLink except) {
        RouterLink best = null;
        long heaviest = Long.MIN_VALUE;
        for (RouterLink router : routers) {
            if (!router.equals(except)) {
                long weight = weight(actor, router.nodeId()) >>> router.reluctance();
                if (best == null || weight > heaviest) {
                    best = router;
                    heaviest = weight;
                }
            }
        }
        return best;
    }

    /** Never negative, and below 2^62, so that a shift by a reluctance orders routers by that first. */
    static long weight(String actor, String nodeId) {
        long x = actor.hashCode() * 0x9E3779B97F4A7C15L + nodeId.hashCode();
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return (x ^ (x >>> 31)) >>> 2;
    }
}
