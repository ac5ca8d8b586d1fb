package dev.sluice.router.fleet.control;

import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.fleet.goal.Shadow;
import dev.sluice.router.fleet.plan.Wanted;
import dev.sluice.router.fleet.plan.Wants;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What somebody wants of one actor, and what they come to think next. */
final class SimulatedGoal {

    private static final String STORE = "store";

    private final String actor;
    private final String type;
    private final Random random;
    private long revision = 1;
    private int version = 1;
    private int replicas;
    private @Nullable ActorGoal goal;

    SimulatedGoal(String actor, String type, int replicas, Random random) {
        this.actor = actor;
        this.type = type;
        this.replicas = replicas;
        this.random = random;
        this.goal = ActorGoal.of(actor, spec(version), Scale.between(0, 100));
    }

    private VersionSpec spec(int number) {
        return new VersionSpec("v" + number, ActorKinds.JAVA, type, Map.of(), VersionSettings.UNSET);
    }

    String actor() {
        return actor;
    }

    /** What hosts run of their own. */
    VersionSpec current() {
        return spec(1);
    }

    Wanted wanted() {
        return goal == null ? Wants.none(STORE, revision, actor) : Wants.of(STORE, revision, goal, replicas);
    }

    void change() {
        if (random.nextInt(3) == 0) {
            // Of itself, as an autoscaler does: no new revision.
            replicas = Math.max(0, replicas + random.nextInt(5) - 2);
            return;
        }
        revision++;
        ActorGoal before = goal;
        if (before == null || random.nextInt(20) == 0) {
            goal = before == null ? ActorGoal.of(actor, spec(version), Scale.between(0, 100)) : null;
            return;
        }
        Optional<Rollout> rollout = before.rollout();
        if (rollout.isEmpty()) {
            goal = withoutRollout(before);
        } else {
            int what = random.nextInt(4);
            if (what == 0) {
                goal = before.withRollout(Optional.empty());
            } else if (what == 1 || rollout.get().weight() == 100) {
                goal = before.promoted();
            } else {
                goal = before.withRollout(rollout.map(now -> now.withWeight(now.nextWeight(), false)));
            }
        }
    }

    private ActorGoal withoutRollout(ActorGoal before) {
        int what = random.nextInt(6);
        if (what == 0) {
            return ActorGoal.of(actor, spec(++version), before.scale());
        }
        if (what == 1) {
            replicas = random.nextInt(6);
            return before;
        }
        if (what == 2) {
            return before.withShadow(
                    before.shadow().isPresent() ? Optional.empty() : Optional.of(new Shadow(spec(++version), 10, 1)));
        }
        return before.withRollout(Optional.of(new Rollout(
                spec(++version),
                random.nextInt(3) * 5,
                false,
                Rollout.USUAL_STEPS,
                Rollout.USUAL_STEP_TIME,
                RolloutLimits.USUAL)));
    }
}
