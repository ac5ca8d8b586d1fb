package dev.sluice.frontend.gateway;

import dev.sluice.common.placement.Rendezvous;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which router gets an actor's queries: the first by {@link Rendezvous}, so that all frontends agree without talking. */
final class RouterChoice {

    private RouterChoice() {}

    /**
     * The one that comes after so many others that are as little reluctant; where there are fewer, it goes around.
     *
     * @param place 0 is the first
     */
    static @Nullable RouterLink choose(
            String actor, Collection<RouterLink> routers, Collection<RouterLink> givenUpOn, int place) {
        List<RouterLink> passed = new ArrayList<>(givenUpOn);
        List<RouterLink> inOrder = new ArrayList<>();
        RouterLink next = choose(actor, routers, passed);
        while (next != null
                && inOrder.size() <= place
                && (inOrder.isEmpty() || next.reluctance() == inOrder.get(0).reluctance())) {
            inOrder.add(next);
            passed.add(next);
            next = choose(actor, routers, passed);
        }
        return inOrder.isEmpty() ? null : inOrder.get(place % inOrder.size());
    }

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
