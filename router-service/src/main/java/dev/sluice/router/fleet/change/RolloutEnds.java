package dev.sluice.router.fleet.change;

import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import java.util.Optional;

/** How operators end rollouts. */
public final class RolloutEnds {

    private RolloutEnds() {}

    /** The candidate serves alone. */
    public static Changed promote(ActorGoal before) {
        Rollout rollout = before.rollout()
                .orElseThrow(() -> Refused.contradiction("No rollout of " + before.actor() + " runs; version "
                        + before.current().version() + " serves."));
        return new Changed(
                before.promoted(), "version " + rollout.candidate().version() + " gets all queries from now on");
    }

    /**
     * The candidate goes; where there is none, the version goes that serves, in favour of the one before it. That is forgotten then, so
     * that who goes back twice does not go to and fro.
     */
    public static Changed rollBack(ActorGoal before) {
        if (before.rollout().isPresent()) {
            return new Changed(
                    before.withRollout(Optional.empty()),
                    "version " + before.current().version() + " gets all queries again");
        }
        VersionSpec previous = before.previous()
                .orElseThrow(() -> Refused.contradiction("No rollout of " + before.actor()
                        + " runs, and it is not known what served before version "
                        + before.current().version()
                        + ". Deploy the version that you want."));
        ActorGoal free = Versions.withoutShadow(before, previous.version());
        return new Changed(
                new ActorGoal(
                        free.actor(),
                        previous,
                        Optional.empty(),
                        Optional.empty(),
                        free.shadow(),
                        free.scale(),
                        free.routers()),
                "version " + previous.version() + " takes the place of "
                        + before.current().version() + " at once");
    }

    /** No more copies of queries. */
    public static Changed endShadow(ActorGoal before) {
        return new Changed(before.withShadow(Optional.empty()), "no version gets copies of queries");
    }
}
