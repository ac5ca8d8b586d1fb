package dev.sluice.router.fleet.control;

import dev.sluice.router.fleet.goal.ActorGoal;

/** How many replicas actors need now. */
interface Needs {

    /** What the goal says where it is fixed, and its least where it is not. */
    Needs LEAST = (goal, ready, now) -> goal.scale().isFixed()
            ? goal.scale().max()
            : Math.max(1, goal.scale().min());

    /**
     * @param ready replicas that serve
     * @param now monotonic, in nanoseconds
     */
    int of(ActorGoal goal, int ready, long now);
}
