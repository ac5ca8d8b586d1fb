package dev.sluice.router.fleet.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import dev.sluice.router.testing.Goals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutChangeTest {

    private static final Running SERVES = new Running(true, Set.of("1"), Set.of("1"));

    private static VersionChange version(Optional<String> name, Optional<Map<String, String>> args) {
        return new VersionChange(name, Optional.empty(), Optional.empty(), args, VersionSettings.UNSET);
    }

    private static RolloutChange change(VersionChange version, Optional<Integer> weight, Optional<Boolean> held) {
        return new RolloutChange(
                version,
                weight,
                held,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static RolloutChange to(String version) {
        return change(version(Optional.of(version), Optional.empty()), Optional.empty(), Optional.empty());
    }

    private static RolloutChange unnamed(Optional<Integer> weight, Optional<Boolean> held) {
        return change(version(Optional.empty(), Optional.empty()), weight, held);
    }

    private static ActorGoal rolling() {
        return Goals.plain("model")
                .withRollout(Optional.of(new Rollout(
                        Goals.version("2"), 25, false, List.of(25, 100), Duration.ofSeconds(1), RolloutLimits.USUAL)));
    }

    private static Rollout rollout(Changed changed) {
        return changed.goal().rollout().orElseThrow();
    }

    @Test
    void makesTheNewVersionLikeTheOneThatServes() {
        ActorGoal goal = ActorGoal.of(
                "model",
                new VersionSpec(
                        "1",
                        "java",
                        "model",
                        Map.of("a", "1"),
                        Goals.full().current().settings()),
                Goals.full().scale());
        VersionSpec same = rollout(to("2").to(goal, SERVES)).candidate();
        assertThat(same)
                .isEqualTo(new VersionSpec(
                        "2", "java", "model", Map.of("a", "1"), goal.current().settings()));
        RolloutChange other =
                change(version(Optional.of("2"), Optional.of(Map.of("b", "2"))), Optional.empty(), Optional.empty());
        assertThat(rollout(other.to(goal, SERVES)).candidate().args()).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void goesBackToAVersionAsThatWas() {
        ActorGoal goal = ActorGoal.of(
                "model",
                new VersionSpec("2", "java", "model", Map.of("a", "2"), VersionSettings.UNSET),
                Goals.full().scale());
        ActorGoal known = new ActorGoal(
                "model",
                goal.current(),
                Optional.of(Goals.version("1")),
                Optional.empty(),
                Optional.empty(),
                goal.scale(),
                1);
        assertThat(rollout(to("1").to(known, SERVES)).candidate()).isEqualTo(Goals.version("1"));
    }

    @Test
    void holdsAWeightThatIsGivenByHand() {
        Rollout canary = rollout(unnamed(Optional.of(7), Optional.empty()).to(rolling(), SERVES));
        assertThat(canary.weight()).isEqualTo(7);
        assertThat(canary.held()).isTrue();
        assertThat(canary.steps()).isEqualTo(List.of(25, 100));
        Rollout on = rollout(unnamed(Optional.of(7), Optional.of(false)).to(rolling(), SERVES));
        assertThat(on.held()).isFalse();
    }

    @Test
    void letsTheStepsGoOnFromTheWeightThatIsHeld() {
        ActorGoal held =
                unnamed(Optional.of(7), Optional.empty()).to(rolling(), SERVES).goal();
        Rollout on = rollout(unnamed(Optional.empty(), Optional.of(false)).to(held, SERVES));
        assertThat(on.weight()).isEqualTo(7);
        assertThat(on.held()).isFalse();
    }

    @Test
    void beginsAtTheFirstOfItsSteps() {
        RolloutChange slow = new RolloutChange(
                version(Optional.of("2"), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of(1, 100)),
                Optional.of(Duration.ofMinutes(10)),
                Optional.of(0.5),
                Optional.of(2.0),
                Optional.of(7));
        assertThat(rollout(slow.to(Goals.plain("model"), SERVES)))
                .isEqualTo(new Rollout(
                        Goals.version("2"),
                        1,
                        false,
                        List.of(1, 100),
                        Duration.ofMinutes(10),
                        new RolloutLimits(0.5, 2.0, 7)));
    }

    @Test
    void needsTheNameOfAVersionThatItIsToMake() {
        RolloutChange nameless =
                change(version(Optional.empty(), Optional.of(Map.of("a", "1"))), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> nameless.to(rolling(), SERVES))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("version is missing");
        assertThatThrownBy(() -> unnamed(Optional.of(5), Optional.empty()).to(Goals.plain("model"), SERVES))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("No rollout of model runs; version 1 serves.");
    }

    @Test
    void hasNothingToDoWhereTheVersionServesAlready() {
        Changed changed = to("1").to(Goals.plain("model"), SERVES);
        assertThat(changed.goal()).isEqualTo(Goals.plain("model"));
        assertThat(changed.warnings()).containsExactly("Version 1 serves already.");
        assertThatThrownBy(() -> to("1").to(rolling(), SERVES))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("version 2 is on its way")
                .hasMessageContaining("Roll that back");
    }
}
