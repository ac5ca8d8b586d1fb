package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.goal.ActorGoal;
import java.util.Set;

/** How many replicas actors need now. */
public interface Needs {

    /** What the goal says where it is fixed, and its least where it is not. */
    Needs LEAST = (goal, seen, now) -> goal.scale().isFixed()
            ? goal.scale().max()
            : Math.max(1, goal.scale().min());

    /**
     * What a controller sees of an actor.
     *
     * @param ready replicas that serve
     * @param starting replicas that do not serve yet
     * @param routers that its queries are spread over at the moment, at least 1
     */
    record Seen(int ready, int starting, int routers) {}

    /** @param now monotonic, in nanoseconds */
    int of(ActorGoal goal, Seen seen, long now);

    /** Forgets all other actors: who controls them meanwhile knows better, when they come back. */
    default void keep(Set<String> actors) {}
}
