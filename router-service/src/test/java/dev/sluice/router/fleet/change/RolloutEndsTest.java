package dev.sluice.router.fleet.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import dev.sluice.router.fleet.goal.Shadow;
import dev.sluice.router.testing.Goals;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutEndsTest {

    private static final ActorGoal ROLLING = Goals.plain("model")
            .withRollout(Optional.of(new Rollout(
                    Goals.version("2"), 25, false, Rollout.USUAL_STEPS, Rollout.USUAL_STEP_TIME, RolloutLimits.USUAL)));

    @Test
    void promotesTheCandidate() {
        ActorGoal next = RolloutEnds.promote(ROLLING).goal();
        assertThat(next.current()).isEqualTo(Goals.version("2"));
        assertThat(next.previous()).contains(Goals.version("1"));
        assertThat(next.rollout()).isEmpty();
        assertThatThrownBy(() -> RolloutEnds.promote(next))
                .isInstanceOf(Refused.class)
                .hasMessage("No rollout of model runs; version 2 serves.");
    }

    @Test
    void rollsBackWhatIsOnItsWayFirstAndThenWhatHasArrived() {
        assertThat(RolloutEnds.rollBack(ROLLING).goal()).isEqualTo(Goals.plain("model"));
        ActorGoal back = RolloutEnds.rollBack(ROLLING.promoted()).goal();
        assertThat(back.current()).isEqualTo(Goals.version("1"));
        assertThat(back.rollout()).isEmpty();
    }

    @Test
    void doesNotGoToAndFro() {
        ActorGoal back = RolloutEnds.rollBack(ROLLING.promoted()).goal();
        assertThatThrownBy(() -> RolloutEnds.rollBack(back))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("not known what served before version 1");
    }

    @Test
    void givesCopiesToNobodyWhoGetsTheQueriesThemselves() {
        ActorGoal shadowed = ROLLING.promoted().withShadow(Optional.of(new Shadow(Goals.version("1"), 10, 1)));
        assertThat(RolloutEnds.rollBack(shadowed).goal().shadow()).isEmpty();
        assertThat(RolloutEnds.endShadow(shadowed).goal().shadow()).isEmpty();
    }
}
