package dev.sluice.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ActorProgressTest {

    private final ActorProgress two = new ActorProgress("2");

    private static JsonNode actor(String goal, String rollout, String versions) {
        return Json.read(("{'goal': {" + goal + "}" + (rollout.isEmpty() ? "" : ", 'rollout': {" + rollout + "}")
                        + ", 'versions': [" + versions + "], 'status': {'problems': ['No slots.']}}")
                .replace('\'', '"'));
    }

    private static String version(String version, String role, int ready, int starting, int stopping) {
        return "{'version': '" + version + "', 'role': '" + role + "', 'replicas': {'ready': " + ready
                + ", 'starting': " + starting + ", 'stopping': " + stopping + "}}";
    }

    @Test
    void isOverOnceAsManyAreReadyAsAreWantedAndNothingElseRuns() {
        String goal = "'version': '2', 'replicas': 2";
        assertThat(two.of(actor(goal, "", version("2", "current", 2, 0, 0))))
                .isEqualTo(Progress.over("version 2: 2 of 2 replicas ready"));
        assertThat(two.of(actor(goal, "", version("2", "current", 1, 1, 0))))
                .isEqualTo(Progress.going("version 2: 1 of 2 replicas ready; No slots."));
        assertThat(two.of(actor(goal, "", version("2", "current", 2, 0, 0) + "," + version("1", "outgoing", 0, 0, 1)))
                        .isOver())
                .isFalse();
        assertThat(two.of(actor(goal, "", version("2", "current", 2, 0, 1))))
                .isEqualTo(Progress.going("version 2: 2 of 2 replicas ready; 1 replica too many; No slots."));
    }

    @Test
    void takesTheFewestForEnoughWhereTheRouterChooses() {
        assertThat(two.of(actor("'version': '2', 'replicas': {'min': 0, 'max': 4}", "", ""))
                        .isOver())
                .isTrue();
        assertThat(two.of(actor(
                                "'version': '2', 'replicas': {'min': 1, 'max': 4}",
                                "",
                                version("2", "current", 3, 0, 0)))
                        .isOver())
                .isTrue();
    }

    @Test
    void isNotOverDuringARolloutUnlessThatIsHeld() {
        String goal = "'version': '1', 'replicas': 2";
        String versions = version("1", "current", 2, 0, 0) + "," + version("2", "candidate", 1, 0, 0);
        assertThat(two.of(actor(goal, "'version': '2', 'weight': 25, 'held': false", versions)))
                .isEqualTo(Progress.going("version 2: 25 % of the queries, 1 replica ready; No slots."));
        assertThat(two.of(actor(goal, "'version': '2', 'weight': 25, 'held': true", versions))
                        .isOver())
                .isTrue();
    }

    @Test
    void failsWhereTheVersionIsNotWantedAnyMore() {
        assertThatThrownBy(() -> two.of(actor("'version': '1', 'replicas': 2", "", version("1", "current", 2, 0, 0))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("Version 2 does not serve: it is version 1 that is wanted.");
    }

    @Test
    void printsWhatChangesUntilItHolds() {
        StringWriter said = new StringWriter();
        Queue<Progress> looks = new ArrayDeque<>(
                List.of(Progress.going("a"), Progress.going("a"), Progress.going("b"), Progress.over("c")));
        new Waiting(new PrintWriter(said), Duration.ofSeconds(5), time -> {}).until(looks::remove);
        assertThat(said.toString().lines()).containsExactly("a", "b", "c");
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        StringWriter said = new StringWriter();
        long[] passed = {0};
        Waiting waiting =
                new Waiting(new PrintWriter(said), Duration.ofSeconds(5), time -> passed[0] += time.toMillis());
        assertThatThrownBy(() -> waiting.until(() -> Progress.going("a")))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("It did not come to that within 5 s.");
        assertThat(passed[0]).isEqualTo(5000);
    }
}
