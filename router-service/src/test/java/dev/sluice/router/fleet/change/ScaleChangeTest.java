package dev.sluice.router.fleet.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.testing.Goals;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScaleChangeTest {

    private static final ActorGoal GOAL = Goals.plain("model").withScale(new Scale(1, 8, 0.5, Duration.ofMinutes(2)));

    private static ScaleChange change(Optional<Integer> replicas, Optional<Integer> min, Optional<Integer> max) {
        return new ScaleChange(replicas, min, max, Optional.empty(), Optional.empty());
    }

    @Test
    void keepsWhatIsNotSaid() {
        assertThat(change(Optional.empty(), Optional.of(3), Optional.empty())
                        .to(GOAL)
                        .goal()
                        .scale())
                .isEqualTo(new Scale(3, 8, 0.5, Duration.ofMinutes(2)));
        assertThat(change(Optional.of(5), Optional.empty(), Optional.empty())
                        .to(GOAL)
                        .goal()
                        .scale())
                .isEqualTo(new Scale(5, 5, 0.5, Duration.ofMinutes(2)));
        ScaleChange other = new ScaleChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0.9),
                Optional.of(Duration.ofSeconds(5)));
        assertThat(other.to(GOAL).goal().scale()).isEqualTo(new Scale(1, 8, 0.9, Duration.ofSeconds(5)));
    }

    @Test
    void takesNoNumberTogetherWithBounds() {
        assertThatThrownBy(() ->
                        change(Optional.of(5), Optional.empty(), Optional.of(8)).to(GOAL))
                .isInstanceOf(Refused.class)
                .hasMessage("replicas is set, and so is max. Write a number or bounds.");
    }
}
