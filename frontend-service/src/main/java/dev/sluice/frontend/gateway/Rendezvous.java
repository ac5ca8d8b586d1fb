package dev.sluice.frontend.gateway;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Highest random weight (Thaler and Ravishankar, 1996): each router has a weight for each actor, and the heaviest gets the
 * actor's queries. All frontends agree without talking, and a router that leaves moves only its own actors.
 */
final class Rendezvous {

    private Rendezvous() {}

    /** The heaviest of the least reluctant, other than those given up on; null where there is none. */
    static @Nullable RouterLink choose(String actor, Collection<RouterLink> routers, Collection<RouterLink> givenUpOn) {
        RouterLink best = null;
        int least = Integer.MAX_VALUE;
        long heaviest = 0;
        for (RouterLink router : routers) {
            int reluctance = router.reluctance();
            if (reluctance <= least && !givenUpOn.contains(router)) {
                long weight = weight(actor, router.nodeId());
                // Of two links to one node the later one: the older is dead and does not know it yet.
                if (best == null || reluctance < least || weight >= heaviest) {
                    best = router;
                    least = reluctance;
                    heaviest = weight;
                }
            }
        }
        return best;
    }

    /** Unsigned bits, mixed as SplitMix64 does (Steele, Lea and Flood, 2014), compared as signed numbers. */
    static long weight(String actor, String nodeId) {
        long x = actor.hashCode() * 0x9E3779B97F4A7C15L + nodeId.hashCode();
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
