package dev.sluice.router.fleet.control;

import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.dispatch.Traffic;
import dev.sluice.router.dispatch.Traffic.Copies;
import dev.sluice.router.dispatch.Traffic.Share;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.plan.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How queries are divided over versions, as goals say. */
final class Shares {

    private static final int ALL = 100;

    private Shares() {}

    /**
     * @param wanted what this router has reckoned of replicas, by actor; nothing of those that others control
     * @param suspended actors whose candidate is to get nothing, whatever the store says still
     */
    static Map<String, Traffic> of(Desired desired, Map<String, Wanted> wanted, Set<String> suspended) {
        Map<String, Traffic> traffic = new HashMap<>();
        desired.undeployed().forEach(actor -> traffic.put(actor, Traffic.NONE));
        desired.goals().forEach((actor, goal) -> {
            ActorGoal holds = suspended.contains(actor) ? goal.withRollout(Optional.empty()) : goal;
            traffic.put(actor, of(holds, wanted.get(actor)));
        });
        return traffic;
    }

    private static Traffic of(ActorGoal goal, @Nullable Wanted wanted) {
        Optional<Copies> copies =
                goal.shadow().map(shadow -> new Copies(shadow.version().version(), shadow.percent()));
        Rollout rollout = goal.rollout().orElse(null);
        Share current = share(goal.current(), rollout == null ? ALL : ALL - rollout.weight(), wanted);
        return new Traffic(
                rollout == null
                        ? List.of(current)
                        : List.of(current, share(rollout.candidate(), rollout.weight(), wanted)),
                copies,
                goal.routers(),
                rollout == null ? goal.previous().map(VersionSpec::version) : Optional.empty());
    }

    private static Share share(VersionSpec version, int percent, @Nullable Wanted wanted) {
        int replicas = wanted == null
                ? 0
                : wanted.versions().stream()
                        .filter(each -> each.spec().equals(version))
                        .mapToInt(Wanted.Version::replicas)
                        .sum();
        return new Share(version.version(), percent, replicas);
    }
}
