package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.goal.ActorGoal;

/** How many replicas actors need now. */
public interface Needs {

    /** What the goal says where it is fixed, and its least where it is not. */
    Needs LEAST = (goal, ready, starting, now) -> goal.scale().isFixed()
            ? goal.scale().max()
            : Math.max(1, goal.scale().min());

    /**
     * @param ready replicas that serve
     * @param starting replicas that do not serve yet
     * @param now monotonic, in nanoseconds
     */
    int of(ActorGoal goal, int ready, int starting, long now);
}
