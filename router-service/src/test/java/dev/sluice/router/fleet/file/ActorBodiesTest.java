package dev.sluice.router.fleet.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.Problem;
import dev.sluice.router.fleet.change.Refusal;
import dev.sluice.router.fleet.change.Refused;
import dev.sluice.router.fleet.change.RolloutChange;
import dev.sluice.router.fleet.change.Running;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.Rollout;
import dev.sluice.router.fleet.goal.RolloutLimits;
import dev.sluice.router.fleet.goal.Scale;
import dev.sluice.router.fleet.goal.Shadow;
import dev.sluice.router.testing.Goals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ActorBodiesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static JsonNode json(Map<String, Object> fields) {
        return JSON.valueToTree(fields);
    }

    private static List<String> wrong(Runnable reading) {
        try {
            reading.run();
        } catch (Refused refused) {
            return ((Refusal.Invalid) refused.refusal())
                    .problems().stream().map(Problem::sentence).toList();
        }
        throw new AssertionError("it was taken");
    }

    private static List<String> wrong(String body) {
        return wrong(() -> ActorBodies.deployment("model", json(body)));
    }

    private static ActorGoal bare(ActorGoal goal) {
        return new ActorGoal(
                goal.actor(),
                goal.current(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                goal.scale(),
                goal.routers());
    }

    @Test
    void readsWhatIsShown() {
        for (ActorGoal goal : List.of(
                Goals.full(),
                Goals.plain("model"),
                Goals.plain("model").withScale(Scale.fixed(7)),
                Goals.plain("model").withScale(new Scale(3, 3, 0.5, Duration.ofMillis(1500))))) {
            assertThat(ActorBodies.deployment("model", json(ActorFields.of(goal)))
                            .wanted())
                    .isEqualTo(bare(goal));
        }
    }

    @Test
    void readsRolloutsAndShadowsAsTheyAreShown() {
        Rollout rollout = new Rollout(
                Goals.version("3"), 25, true, List.of(25, 100), Duration.ofMillis(1500), new RolloutLimits(0.2, 3, 9));
        RolloutChange change = ActorBodies.rollout(json(ActorFields.of(rollout)));
        assertThat(change.to(Goals.plain("model"), Running.UNSEEN).goal().rollout())
                .contains(rollout);
        Shadow shadow = new Shadow(Goals.version("4"), 10, 2);
        assertThat(ActorBodies.shadow(json(ActorFields.of(shadow)))
                        .to(Goals.plain("model"), Running.UNSEEN)
                        .goal()
                        .shadow())
                .contains(shadow);
    }

    @Test
    void takesTheDefaultsOfTheActorsFile() {
        String file = "actors: {model: {}}";
        assertThat(ActorBodies.deployment("model", json("{}")).wanted())
                .isEqualTo(ActorsFile.parse(file).goals().get(0));
        assertThat(ActorBodies.deployment("model", json("{}")).atOnce()).isFalse();
        assertThat(ActorBodies.deployment("model", json("{'rollout': false}")).atOnce())
                .isTrue();
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        assertThat(wrong("{'slo': '25h', 'replicas': {'min': 5, 'max': 2}, 'version': '?'}"))
                .containsExactlyInAnyOrder(
                        "slo is 25h. Write a duration from 1ms to 24h.",
                        "replicas.min is 5, which is more than replicas.max, 2. Lower the first or raise the second.",
                        "version is '?'. A version consists of letters, digits, '-', '_' and '.'; \"?\" does not.");
        assertThat(wrong("{'slo': 200, 'max-batch-sise': 3, 'idempotent': 'yes', 'args': {'a': [1]}}"))
                .hasSize(4)
                .contains("max-batch-sise is unknown. Did you mean max-batch-size?")
                .anyMatch(sentence -> sentence.startsWith("slo is 200."))
                .anyMatch(sentence -> sentence.startsWith("idempotent is \"yes\"."))
                .anyMatch(sentence -> sentence.startsWith("args.a is a list."));
    }

    @Test
    void refusesWhatIsNoObjectAndWhatIsNull() {
        for (String body : List.of("[]", "3", "'x'", "null", "true")) {
            assertThat(wrong(body)).singleElement().asString().startsWith("body is no JSON object.");
        }
        assertThat(wrong("{'replicas': null}")).singleElement().asString().startsWith("replicas is empty.");
        assertThat(wrong("{'replicas': 1.5}")).singleElement().asString().startsWith("replicas is 1.5.");
        assertThat(wrong("{'replicas': '3'}"))
                .singleElement()
                .asString()
                .startsWith("replicas is \"3\". Write it without the quotes.");
    }

    @Test
    void refusesNamesThatActorsCannotHave() {
        for (String name : List.of("", "a b", "control", "-x", "ä", "x".repeat(101))) {
            assertThat(wrong(() -> ActorBodies.deployment(name, json("{}"))))
                    .singleElement()
                    .asString()
                    .startsWith("name is no name for an actor.");
        }
    }

    @Test
    void refusesBodiesThatAskForNothing() {
        assertThat(wrong(() -> ActorBodies.scale(json("{}"))))
                .containsExactly("body is empty. Write fields: replicas, min, max, target-utilisation, down-after.");
        assertThat(wrong(() -> ActorBodies.rollout(json("{}")))).hasSize(1);
        assertThat(wrong(() -> ActorBodies.shadow(json("{}")))).hasSize(1);
        assertThatThrownBy(() -> ActorBodies.rollout(json("{'steps': [5, 'x']}")))
                .hasMessageContaining("steps.1 is \"x\"");
        assertThatThrownBy(() -> ActorBodies.rollout(json("{'steps': 5}"))).hasMessageContaining("steps is 5");
    }
}
