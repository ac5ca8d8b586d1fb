package dev.sluice.router.fleet.plan;

import static dev.sluice.router.fleet.plan.Hosts.spec;
import static dev.sluice.router.fleet.plan.Hosts.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.fleet.goal.Shadow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantsTest {

    private static final ActorGoal PLAIN = ActorGoal.of("a", spec("1"), Scale.between(0, 9));

    private static ActorGoal underway(int weight) {
        return PLAIN.withRollout(Optional.of(
                new Rollout(spec("2"), weight, false, List.of(100), Rollout.USUAL_STEP_TIME, RolloutLimits.USUAL)));
    }

    private static Wanted of(ActorGoal goal, int replicas) {
        return Wants.of("store", 7, goal, replicas);
    }

    @Test
    void wantsAllReplicasOfTheCurrentVersionWhereThereIsNoOther() {
        assertThat(of(PLAIN, 3)).isEqualTo(Hosts.wanted(version("1", 3)));
        assertThat(of(PLAIN, 0)).as("known, without any").isEqualTo(Hosts.wanted(version("1", 0)));
    }

    @Test
    void wantsNoVersionOfAnActorThatIsToGo() {
        assertThat(Wants.none("store", 7, "a")).isEqualTo(Hosts.wanted());
        assertThat(Wants.none("store", 7, "a").replicas()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, 4, 1",
        "4, 5, 4, 1",
        "4, 25, 3, 1",
        "4, 50, 2, 2",
        "4, 51, 2, 3",
        "4, 100, 0, 4",
        "1, 50, 1, 1",
        "1, 99, 1, 1",
        "1, 100, 0, 1",
        "10, 5, 10, 1",
        "0, 50, 1, 1",
        "0, 100, 0, 1"
    })
    void dividesReplicasInARolloutByWeightRoundedUpAndAtLeastOneEach(
            int replicas, int weight, int current, int candidate) {
        assertThat(of(underway(weight), replicas))
                .isEqualTo(Hosts.wanted(version("1", current), version("2", candidate)));
    }

    @Test
    void neverWantsLessOfAnyVersionThanItsPartOfTheQueriesAndNeverMoreThanOneBeyondAll() {
        for (int replicas = 1; replicas <= 40; replicas++) {
            for (int weight = 0; weight <= 100; weight++) {
                Wanted wanted = of(underway(weight), replicas);
                int current = wanted.versions().get(0).replicas();
                int candidate = wanted.versions().get(1).replicas();
                assertThat(100 * current).isGreaterThanOrEqualTo(replicas * (100 - weight));
                assertThat(100 * candidate).isGreaterThanOrEqualTo(replicas * weight);
                assertThat(wanted.replicas()).isBetween(replicas, replicas + 1);
            }
        }
    }

    @Test
    void wantsReplicasOfAShadowBesideThose() {
        ActorGoal goal = underway(50).withShadow(Optional.of(new Shadow(spec("3"), 10, 2)));
        Wanted wanted = of(goal, 4);
        assertThat(wanted.versions()).containsExactly(version("1", 2), version("2", 2), version("3", 2));
        assertThat(wanted.replicas()).isEqualTo(6);
    }
}
