package dev.sluice.router.fleet.goal;

import dev.sluice.common.placement.VersionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is wanted of one actor.
 *
 * @param actor the published name
 * @param current the version that serves
 * @param previous what served before it, for who wants to go back
 * @param rollout a version on its way to become the current one
 * @param shadow a version that is tried with copies of queries
 * @param scale how many replicas
 * @param routers over how many routers the actor's queries are spread, at least 1
 */
public record ActorGoal(
        String actor,
        VersionSpec current,
        Optional<VersionSpec> previous,
        Optional<Rollout> rollout,
        Optional<Shadow> shadow,
        Scale scale,
        int routers) {

    /** An actor that simply serves. */
    public static ActorGoal of(String actor, VersionSpec version, Scale scale) {
        return new ActorGoal(actor, version, Optional.empty(), Optional.empty(), Optional.empty(), scale, 1);
    }

    /** All versions that have replicas, the current one first. */
    public List<VersionSpec> versions() {
        List<VersionSpec> versions = new ArrayList<>();
        versions.add(current);
        rollout.ifPresent(next -> versions.add(next.candidate()));
        shadow.ifPresent(copy -> versions.add(copy.version()));
        return List.copyOf(versions);
    }

    public ActorGoal withRollout(Optional<Rollout> next) {
        return new ActorGoal(actor, current, previous, next, shadow, scale, routers);
    }

    public ActorGoal withScale(Scale next) {
        return new ActorGoal(actor, current, previous, rollout, shadow, next, routers);
    }

    public ActorGoal withShadow(Optional<Shadow> next) {
        return new ActorGoal(actor, current, previous, rollout, next, scale, routers);
    }

    /** The candidate serves alone from now on. */
    public ActorGoal promoted() {
        VersionSpec next = rollout.map(Rollout::candidate).orElse(current);
        return new ActorGoal(
                actor,
                next,
                rollout.isEmpty() ? previous : Optional.of(current),
                Optional.empty(),
                shadow,
                scale,
                routers);
    }
}
