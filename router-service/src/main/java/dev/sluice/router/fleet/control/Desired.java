package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.goal.ActorGoal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is wanted of the fleet, at one moment.
 *
 * @param store which store it is of
 * @param isShared whether all routers have the same
 * @param goals by actor
 * @param revisions of goals and of what was undeployed, by actor
 * @param undeployed actors that are to go, wherever they run
 * @param drained the node ids of hosts that are to be empty
 */
public record Desired(
        String store,
        boolean isShared,
        Map<String, ActorGoal> goals,
        Map<String, Long> revisions,
        Set<String> undeployed,
        Set<String> drained) {

    public Desired {
        goals = Map.copyOf(goals);
        revisions = Map.copyOf(revisions);
        undeployed = Set.copyOf(undeployed);
        drained = Set.copyOf(drained);
    }

    Optional<ActorGoal> goal(String actor) {
        return Optional.ofNullable(goals.get(actor));
    }

    /** The revision of what is wanted of an actor; 0 where nothing was ever wanted of it. */
    public long revision(String actor) {
        return revisions.getOrDefault(actor, 0L);
    }
}
