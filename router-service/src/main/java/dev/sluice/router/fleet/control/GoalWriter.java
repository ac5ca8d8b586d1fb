package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.goal.ActorGoal;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** Changes what is wanted of an actor. */
public interface GoalWriter {

    /**
     * Writes what the change makes of the goal that holds now; empty where there is none any more, or the change leaves it as it is.
     * Fails where somebody else wrote in between.
     */
    Mono<ActorGoal> change(String actor, UnaryOperator<ActorGoal> change);
}
