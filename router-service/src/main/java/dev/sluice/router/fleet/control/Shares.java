package dev.sluice.router.fleet.control;

import dev.sluice.router.dispatch.Traffic;
import dev.sluice.router.dispatch.Traffic.Copies;
import dev.sluice.router.dispatch.Traffic.Share;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How queries are divided over versions, as goals say. */
final class Shares {

    private static final int ALL = 100;

    private Shares() {}

    static Map<String, Traffic> of(Desired desired) {
        Map<String, Traffic> traffic = new HashMap<>();
        desired.undeployed().forEach(actor -> traffic.put(actor, Traffic.NONE));
        desired.goals().forEach((actor, goal) -> traffic.put(actor, of(goal)));
        return traffic;
    }

    private static Traffic of(ActorGoal goal) {
        Optional<Copies> copies =
                goal.shadow().map(shadow -> new Copies(shadow.version().version(), shadow.percent()));
        Rollout rollout = goal.rollout().orElse(null);
        Share current = new Share(goal.current().version(), rollout == null ? ALL : ALL - rollout.weight());
        return new Traffic(
                rollout == null
                        ? List.of(current)
                        : List.of(current, new Share(rollout.candidate().version(), rollout.weight())),
                copies,
                goal.routers());
    }
}
