package dev.sluice.frontend.gateway;

import dev.sluice.common.placement.Rendezvous;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Which router gets an actor's queries: the first by {@link Rendezvous}, so that all frontends agree without talking. */
final class RouterChoice {

    private RouterChoice() {}

    /** The heaviest of the least reluctant, other than those given up on; null where there is none. */
    static @Nullable RouterLink choose(String actor, Collection<RouterLink> routers, Collection<RouterLink> givenUpOn) {
        RouterLink best = null;
        int least = Integer.MAX_VALUE;
        long heaviest = 0;
        for (RouterLink router : routers) {
            int reluctance = router.reluctance();
            if (reluctance <= least && !givenUpOn.contains(router)) {
                long weight = Rendezvous.weight(actor, router.nodeId());
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
}
