package dev.sluice.router.fleet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.control.Needs.Seen;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.testing.Goals;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutoscaledNeedsTest {

    private static final ActorGoal SCALED =
            ActorGoal.of("model", Goals.version("1"), new Scale(1, 10, 0.7, Duration.ofSeconds(60)));

    private final FleetRig rig = new FleetRig();
    private final AutoscaledNeeds needs = new AutoscaledNeeds(rig.actors, rig.events);

    @Test
    void takeWhatAGoalWithOneNumberSays() {
        ActorGoal fixed = SCALED.withScale(Scale.fixed(3));
        assertThat(needs.of(fixed, new Seen(7, 0, 1), 0)).isEqualTo(3);
    }

    @Test
    void beginWithTheReplicasThatThereAre() {
        assertThat(needs.of(SCALED, new Seen(6, 1, 1), 0)).isEqualTo(7);
        assertThat(needs.of(SCALED.withScale(new Scale(1, 4, 0.7, Duration.ZERO)), new Seen(7, 0, 1), 1))
                .as("within other bounds")
                .isEqualTo(4);
    }

    @Test
    void beginAnewWithAnActorThatAnotherRouterControlledMeanwhile() {
        assertThat(needs.of(SCALED, new Seen(2, 0, 1), 0)).isEqualTo(2);
        needs.keep(Set.of("another"));
        assertThat(needs.of(SCALED, new Seen(8, 0, 1), Duration.ofHours(1).toNanos()))
                .isEqualTo(8);
    }

    @Test
    void keepOneReplicaOfAnActorWhoseFirstQueryMayComeToAnotherRouter() {
        ActorGoal zero = SCALED.withScale(new Scale(0, 10, 0.7, Duration.ZERO));
        assertThat(needs.of(zero, new Seen(0, 0, 1), 0)).isZero();
        assertThat(needs.of(zero, new Seen(0, 0, 2), 1)).isEqualTo(1);
    }
}
