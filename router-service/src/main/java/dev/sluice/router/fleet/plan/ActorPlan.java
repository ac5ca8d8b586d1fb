package dev.sluice.router.fleet.plan;

import dev.sluice.common.placement.Placement;
import java.util.List;
import java.util.Map;

/**
 * What is to be done about one actor.
 *
 * @param placements by the node id of the host, for every host that has or could have something of the actor
 * @param changes what they change
 * @param status how far the actor is from what is wanted
 */
public record ActorPlan(Map<String, Placement> placements, List<Change> changes, ActorStatus status) {

    public ActorPlan {
        placements = Map.copyOf(placements);
        changes = List.copyOf(changes);
    }
}
