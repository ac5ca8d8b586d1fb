package dev.sluice.router.fleet.change;

import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import java.util.Optional;

/**
 * An actor as it is to be, whole.
 *
 * @param wanted its version, scale and routers; nothing else of it is looked at
 * @param atOnce whether another version takes the place of the one that serves without a rollout
 */
public record Deployment(ActorGoal wanted, boolean atOnce) {

    /** Of an actor that is not there. */
    public Changed toNew(Running running) {
        VersionSpec version = wanted.current();
        if (running.placed().contains(version.version())) {
            throw Refused.contradiction(
                    "Replicas of version " + version.version() + " of " + wanted.actor()
                            + " still run after it was undeployed. Try again when they have ended, or give this one another version.");
        }
        return new Changed(wanted, "version " + version.version() + " is to serve");
    }

    /** Of one that is there. */
    public Changed to(ActorGoal before, Running running) {
        VersionSpec next = wanted.current();
        Versions.mustBeFree(before, next, running);
        Rollout under = before.rollout().orElse(null);
        if (before.current().version().equals(next.version())) {
            Changed changed = new Changed(
                    goal(before, next, before.previous(), Optional.empty()),
                    "version " + next.version() + " is to serve");
            return under == null ? changed : changed.warning(ends(under));
        }
        if (under != null && under.candidate().version().equals(next.version())) {
            return atOnce ? replaced(before, next) : goesOn(before, under, next);
        }
        ActorGoal free = Versions.withoutShadow(before, next.version());
        Changed changed = atOnce || !running.mayServe() ? replaced(free, next) : begun(free, next);
        if (under != null) {
            changed = changed.warning(ends(under));
        }
        return free.equals(before)
                ? changed
                : changed.warning("Version " + next.version() + " gets no copies of queries any more.");
    }

    private Changed replaced(ActorGoal before, VersionSpec next) {
        return new Changed(
                goal(before, next, Optional.of(before.current()), Optional.empty()),
                "version " + next.version() + " takes the place of "
                        + before.current().version() + " at once");
    }

    private Changed goesOn(ActorGoal before, Rollout under, VersionSpec next) {
        Rollout same = new Rollout(next, under.weight(), under.held(), under.steps(), under.stepTime(), under.limits());
        return new Changed(
                goal(before, before.current(), before.previous(), Optional.of(same)),
                "the rollout of version " + next.version() + " goes on");
    }

    private Changed begun(ActorGoal before, VersionSpec next) {
        Rollout rollout = new Rollout(
                next,
                Rollout.USUAL_STEPS.get(0),
                false,
                Rollout.USUAL_STEPS,
                Rollout.USUAL_STEP_TIME,
                RolloutLimits.USUAL);
        return new Changed(
                goal(before, before.current(), before.previous(), Optional.of(rollout)),
                "version " + next.version() + " is rolled out beside "
                        + before.current().version());
    }

    private ActorGoal goal(
            ActorGoal before, VersionSpec current, Optional<VersionSpec> previous, Optional<Rollout> rollout) {
        return new ActorGoal(
                before.actor(), current, previous, rollout, before.shadow(), wanted.scale(), wanted.routers());
    }

    static String ends(Rollout rollout) {
        return "The rollout of version " + rollout.candidate().version() + " ends with this.";
    }
}
