package dev.sluice.router.fleet.goal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorScheduling;
import dev.sluice.common.config.Problem;
import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.router.testing.Goals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoalRulesTest {

    private static List<String> fields(ActorGoal goal) {
        return GoalRules.check(goal).stream().map(Problem::field).toList();
    }

    private static ActorGoal of(VersionSpec version) {
        return ActorGoal.of("model", version, Scale.fixed(1));
    }

    private static ActorGoal scaled(int min, int max, double utilisation, Duration downAfter) {
        return Goals.plain("model").withScale(new Scale(min, max, utilisation, downAfter));
    }

    private static ActorGoal rollingOut(int weight, List<Integer> steps, Duration time, RolloutLimits limits) {
        return Goals.plain("model")
                .withRollout(Optional.of(new Rollout(Goals.version("2"), weight, false, steps, time, limits)));
    }

    @Test
    void takesWhatCanBeFollowed() {
        assertThat(GoalRules.check(Goals.full())).isEmpty();
        assertThat(GoalRules.check(Goals.plain("a"))).isEmpty();
        assertThat(GoalRules.check(scaled(0, GoalRules.MOST_REPLICAS, 1, Duration.ZERO)))
                .isEmpty();
        assertThat(GoalRules.check(
                        rollingOut(100, Rollout.USUAL_STEPS, Rollout.USUAL_STEP_TIME, new RolloutLimits(0, 0, 1))))
                .isEmpty();
    }

    @Test
    void saysWhatToWriteInstead() {
        VersionSettings settings = new VersionSettings(
                Optional.of(0L),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(GoalRules.check(of(Goals.with(settings))).get(0).sentence())
                .isEqualTo("slo is 0s. Write a duration from 1ms to 24h.");
        assertThat(GoalRules.check(scaled(5, 2, 0.7, Duration.ZERO)).get(0).sentence())
                .isEqualTo("replicas.min is 5, which is more than replicas.max, 2."
                        + " Lower the first or raise the second.");
        assertThat(GoalRules.check(scaled(0, 0, 0.7, Duration.ZERO)).get(0).sentence())
                .startsWith("replicas is 0. Write 1 or more; or {min: 0, max: 1}");
        assertThat(GoalRules.check(Goals.plain("link")).get(0).sentence())
                .startsWith("actor is 'link'. ")
                .contains("reserved");
    }

    @Test
    void tellsOfEverythingThatIsWrongWithAVersion() {
        VersionSettings settings = new VersionSettings(
                Optional.of(20L),
                Optional.of("lifo"),
                Optional.of(0),
                Optional.of(20L),
                Optional.of(false),
                Optional.of(new ActorScheduling(
                        Optional.empty(),
                        Optional.of(true),
                        Optional.of(2.0),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty())));
        assertThat(fields(of(new VersionSpec("a b", "java", "v2", Map.of("", "x"), settings))))
                .containsExactlyInAnyOrder(
                        "version",
                        "type",
                        "args",
                        "scheduler",
                        "max-batch-size",
                        "max-wait",
                        "scheduling",
                        "scheduling.hedge-share",
                        "scheduling.hedging");
    }

    @Test
    void knowsTheKindsOfActors() {
        List<Problem> problems =
                GoalRules.check(of(new VersionSpec("1", "cobol", "anything goes", Map.of(), VersionSettings.UNSET)));
        assertThat(problems)
                .singleElement()
                .extracting(Problem::sentence)
                .asString()
                .startsWith("kind is 'cobol'. Write one of: ")
                .contains("java");
    }

    @Test
    void boundsReplicasAndRouters() {
        int many = GoalRules.MOST_REPLICAS + 1;
        assertThat(fields(scaled(many, many, 0.7, Duration.ZERO))).containsExactly("replicas");
        assertThat(fields(scaled(-1, -1, 0.7, Duration.ZERO))).containsExactly("replicas");
        assertThat(fields(scaled(-1, many, 0.7, Duration.ZERO))).containsExactly("replicas.min", "replicas.max");
        for (double utilisation : new double[] {0, -1, 1.01, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(fields(scaled(1, 2, utilisation, Duration.ZERO))).containsExactly("replicas.target-utilisation");
        }
        for (Duration time : List.of(Duration.ofMillis(-1), Duration.ofHours(25), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThat(fields(scaled(1, 2, 0.7, time))).containsExactly("replicas.down-after");
        }
        ActorGoal plain = Goals.plain("model");
        for (int routers : new int[] {0, -1, GoalRules.MOST_ROUTERS + 1}) {
            assertThat(fields(new ActorGoal(
                            "model",
                            plain.current(),
                            plain.previous(),
                            plain.rollout(),
                            plain.shadow(),
                            plain.scale(),
                            routers)))
                    .containsExactly("routers");
        }
    }

    @Test
    void wantsStepsThatRiseToTheWhole() {
        for (List<Integer> steps :
                List.of(List.<Integer>of(), List.of(50), List.of(50, 50, 100), List.of(50, 25, 100), List.of(0, 100))) {
            assertThat(fields(rollingOut(0, steps, Duration.ZERO, RolloutLimits.USUAL)))
                    .containsExactly("rollout.steps");
        }
    }

    @Test
    void boundsARollout() {
        assertThat(fields(rollingOut(101, List.of(100), Duration.ofMillis(-1), new RolloutLimits(1.1, -1, 0))))
                .containsExactly(
                        "rollout.weight",
                        "rollout.step-time",
                        "rollout.error-margin",
                        "rollout.latency-margin",
                        "rollout.least-queries");
    }

    @Test
    void wantsVersionsToDifferByName() {
        ActorGoal goal = Goals.plain("model");
        ActorGoal same = goal.withShadow(Optional.of(new Shadow(goal.current(), 101, 0)));
        assertThat(fields(same)).containsExactly("shadow.percent", "shadow.replicas", "shadow.version");
        ActorGoal twice = rollingOut(5, List.of(100), Duration.ZERO, RolloutLimits.USUAL)
                .withShadow(Optional.of(new Shadow(Goals.version("2"), 1, 1)));
        assertThat(fields(twice)).containsExactly("shadow.version");
    }

    @Test
    void writesTimesAsOperatorsDo() {
        assertThat(Times.text(Duration.ofMillis(1500))).isEqualTo("1500ms");
        assertThat(Times.text(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Times.text(Duration.ofMinutes(90))).isEqualTo("90m");
        assertThat(Times.text(Duration.ofHours(-2))).isEqualTo("-2h");
        assertThat(Times.text(Duration.ofNanos(1))).isEqualTo("PT0.000000001S");
        assertThat(Times.text(Duration.ofSeconds(Long.MAX_VALUE, 1_000_000))).startsWith("PT");
    }
}
