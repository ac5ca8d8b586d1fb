package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.dispatch.Traffic;
import dev.sluice.router.dispatch.Traffic.Share;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.fleet.plan.Wants;
import dev.sluice.router.testing.Goals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static final ActorGoal PLAIN = ActorGoal.of("model", Goals.version("1"), Scale.fixed(4));
    private static final ActorGoal ROLLING = PLAIN.withRollout(Optional.of(
            new Rollout(Goals.version("2"), 25, false, List.of(25, 100), Duration.ofSeconds(10), RolloutLimits.USUAL)));

    private static Traffic traffic(ActorGoal goal, boolean reckoned, Set<String> suspended) {
        FleetRig rig = new FleetRig();
        rig.want(goal);
        Desired desired = rig.goals.read().block();
        return Shares.of(
                        desired,
                        reckoned ? Map.of("model", Wants.of(desired.store(), 1, goal, 4)) : Map.of(),
                        suspended)
                .get("model");
    }

    @Test
    void sayHowManyReplicasEachVersionTakes() {
        assertThat(traffic(ROLLING, true, Set.of()).shares())
                .containsExactly(new Share("1", 75, 3), new Share("2", 25, 1));
    }

    @Test
    void sayNothingOfReplicasOfAnActorThatAnotherRouterControls() {
        assertThat(traffic(ROLLING, false, Set.of()).shares()).containsExactly(new Share("1", 75), new Share("2", 25));
    }

    @Test
    void giveACandidateNothingThatWasFoundBad() {
        assertThat(traffic(ROLLING, false, Set.of("model")).shares()).containsExactly(new Share("1", 100));
    }

    @Test
    void nameTheVersionThatWasReplacedSoThatItHelpsUntilTheNewOneHasItsReplicas() {
        assertThat(traffic(PLAIN, false, Set.of()).outgoing()).isEmpty();
        assertThat(traffic(ROLLING, false, Set.of()).outgoing()).isEmpty();
        assertThat(traffic(ROLLING.promoted(), false, Set.of()).outgoing()).contains("1");
    }
}
