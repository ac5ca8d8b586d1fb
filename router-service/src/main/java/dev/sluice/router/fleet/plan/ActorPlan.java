package dev.sluice.router.fleet.plan;

import dev.sluice.common.placement.Placement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done about one actor.
 *
 * @param placements by the node id of the host, for every host that has or could have something of the actor
 * @param changes what they change
 * @param status how far the actor is from what is wanted
 * @param lacking by version, why not all that are wanted of it could be placed; nothing of one that is complete
 */
public record ActorPlan(
        Map<String, Placement> placements, List<Change> changes, ActorStatus status, Map<String, Shortage> lacking) {

    public ActorPlan {
        placements = Map.copyOf(placements);
        changes = List.copyOf(changes);
        lacking = Map.copyOf(lacking);
    }

    /** Whether a version is incomplete only since slots are taken, by whomever: time does not tell against it. */
    public boolean isShortOfSlots(String version) {
        return Optional.ofNullable(lacking.get(version))
                .filter(why -> why == Shortage.SLOTS || why == Shortage.PENDING)
                .isPresent();
    }
}
