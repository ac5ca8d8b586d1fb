package dev.sluice.router.fleet.change;

import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rollout that is to begin, or how one that runs is to go on; what is empty is as it is or, of a new one, as usual.
 *
 * @param candidate the version; without a name, that of the rollout that runs
 * @param weight the part of the queries that it gets from now on, in percent
 * @param held whether the weight stays; it does where a weight is given and this is not
 */
public record RolloutChange(
        VersionChange candidate,
        Optional<Integer> weight,
        Optional<Boolean> held,
        Optional<List<Integer>> steps,
        Optional<Duration> stepTime,
        Optional<Double> errorMargin,
        Optional<Double> latencyMargin,
        Optional<Integer> leastQueries) {

    public Changed to(ActorGoal before, Running running) {
        Rollout under = before.rollout().orElse(null);
        String version = candidate.version().orElse(null);
        if (version == null) {
            return unnamed(before, under);
        }
        if (version.equals(before.current().version())) {
            return alreadyThere(before, running);
        }
        VersionSpec base = Versions.named(before, version).orElse(before.current());
        VersionSpec next = candidate.over(base);
        Versions.mustBeFree(before, next, running);
        if (under != null && under.candidate().version().equals(version)) {
            return changed(before, next, under);
        }
        ActorGoal free = Versions.withoutShadow(before, version);
        Changed changed = changed(free, next, null);
        if (under != null) {
            changed = changed.warning(Deployment.ends(under));
        }
        return free.equals(before)
                ? changed
                : changed.warning("Version " + version + " gets no copies of queries any more.");
    }

    private Changed unnamed(ActorGoal before, @Nullable Rollout under) {
        if (candidate.saysMore()) {
            throw new Refused(new Refusal.Invalid(
                    "version", "is missing", "Name the version that is to be made of this; it has no default here."));
        }
        if (under == null) {
            throw Refused.contradiction("No rollout of " + before.actor() + " runs; version "
                    + before.current().version() + " serves. Name the version that is to be rolled out.");
        }
        return changed(before, under.candidate(), under);
    }

    /** Asked for once more after it is done, nothing is left to do. */
    private Changed alreadyThere(ActorGoal before, Running running) {
        Versions.mustBeFree(before, candidate.over(before.current()), running);
        if (before.rollout().isPresent()) {
            throw Refused.contradiction("Version " + before.current().version() + " of " + before.actor()
                    + " serves, and version "
                    + before.rollout().get().candidate().version()
                    + " is on its way to take its place. Roll that back.");
        }
        return new Changed(before, "nothing changes")
                .warning("Version " + before.current().version() + " serves already.");
    }

    private Changed changed(ActorGoal before, VersionSpec next, @Nullable Rollout under) {
        RolloutLimits limits = under == null ? RolloutLimits.USUAL : under.limits();
        List<Integer> allSteps = steps.orElseGet(() -> under == null ? Rollout.USUAL_STEPS : under.steps());
        int first = allSteps.isEmpty() ? 0 : allSteps.get(0);
        Rollout rollout = new Rollout(
                next,
                weight.orElseGet(() -> under == null ? first : under.weight()),
                held.orElseGet(() -> weight.isPresent() || under != null && under.held()),
                allSteps,
                stepTime.orElseGet(() -> under == null ? Rollout.USUAL_STEP_TIME : under.stepTime()),
                new RolloutLimits(
                        errorMargin.orElse(limits.errorMargin()),
                        latencyMargin.orElse(limits.latencyMargin()),
                        leastQueries.orElse(limits.leastQueries())));
        return new Changed(before.withRollout(Optional.of(rollout)), done(rollout, before, under == null));
    }

    private static String done(Rollout rollout, ActorGoal before, boolean isNew) {
        String version = "version " + rollout.candidate().version();
        if (rollout.held()) {
            return version + " gets " + rollout.weight() + " % of the queries until somebody changes that";
        }
        return isNew
                ? version + " is rolled out beside " + before.current().version()
                : "the rollout of " + version + " goes on from " + rollout.weight() + " %";
    }
}
