package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.goal.ActorGoal;
import java.util.List;
import java.util.Optional;

/**
 * What an operator has changed.
 *
 * @param actor the name
 * @param revision that it has now
 * @param goal empty where the actor is to go
 * @param isStored whether the store has it, or the actors file alone
 * @param isNew whether there was nothing before
 * @param warnings sentences for who asked
 */
public record Written(
        String actor, long revision, Optional<ActorGoal> goal, boolean isStored, boolean isNew, List<String> warnings) {

    public Written {
        warnings = List.copyOf(warnings);
    }
}
