package dev.sluice.router.fleet.plan;

import dev.sluice.common.placement.ActorKinds;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.plan.Wanted.Version;
import java.util.ArrayList;
import java.util.List;

/** How many replicas of each version follow from a goal and from the number that the actor needs. */
public final class Wants {

    private static final int ALL = 100;

    private Wants() {}

    /**
     * @param store which store of desired states the goal is of
     * @param revision of the goal
     * @param replicas that the actor needs now, over the versions that serve
     */
    public static Wanted of(String store, long revision, ActorGoal goal, int replicas) {
        List<Version> versions = new ArrayList<>();
        Rollout rollout = goal.rollout().orElse(null);
        if (rollout == null) {
            versions.add(new Version(goal.current(), replicas));
        } else {
            versions.add(new Version(goal.current(), ofCurrent(replicas, rollout.weight())));
            versions.add(new Version(rollout.candidate(), ofCandidate(replicas, rollout.weight())));
        }
        goal.shadow().ifPresent(shadow -> versions.add(new Version(shadow.version(), shadow.replicas())));
        // Routers run them themselves.
        versions.removeIf(version -> version.spec().kind().equals(ActorKinds.PIPELINE));
        return new Wanted(goal.actor(), store, revision, versions);
    }

    /** An actor that is to go. */
    public static Wanted none(String store, long revision, String actor) {
        return new Wanted(actor, store, revision, List.of());
    }

    /** In proportion to its part of the queries, rounded up: what the other gives up is never more than that. */
    private static int ofCandidate(int replicas, int weight) {
        return Math.max(1, (replicas * weight + ALL - 1) / ALL);
    }

    private static int ofCurrent(int replicas, int weight) {
        if (weight >= ALL) {
            return 0;
        }
        return Math.max(1, replicas - replicas * weight / ALL);
    }
}
