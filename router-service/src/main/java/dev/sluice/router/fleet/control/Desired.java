package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.store.DesiredState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is wanted of the fleet, at one moment.
 *
 * @param store which store it is of
 * @param isShared whether all routers have the same
 * @param state what is wanted
 * @param goals of the actors that are to be there, by name
 */
public record Desired(String store, boolean isShared, DesiredState state, Map<String, ActorGoal> goals) {

    static Desired of(String store, boolean shared, DesiredState state) {
        return new Desired(store, shared, state, Map.copyOf(state.goals()));
    }

    public Optional<ActorGoal> goal(String actor) {
        return Optional.ofNullable(goals.get(actor));
    }

    /** Actors that are to go, wherever they run. */
    Set<String> undeployed() {
        return state.actors().entrySet().stream()
                .filter(actor -> actor.getValue().goal().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
