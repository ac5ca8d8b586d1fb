package dev.sluice.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ControlGoalsTest {

    private static final JsonNode NOTHING = view("{\"revision\": 3}");

    @Test
    void whatWasDeployedIsWantedAsItWasAsked() {
        HttpRequestText deploy = request("PUT", "", "{\"version\": \"1\", \"slo\": \"2000ms\", \"max-batch-size\": 8}");

        assertThat(missed(deploy, "{\"goal\": {\"version\": \"1\", \"slo\": \"2s\", \"max-batch-size\": 8}}"))
                .isEmpty();
        assertThat(missed(deploy, "{\"goal\": {\"version\": \"1\", \"slo\": \"2s\", \"max-batch-size\": 9}}"))
                .contains("max-batch-size is 9");
        assertThat(missed(deploy, "{\"goal\": {\"version\": \"2\"}}")).contains("version 1 is nowhere");
        assertThat(missed(deploy, "{\"goal\": {\"version\": \"0\"}, \"rollout\": {\"version\": \"1\"}}"))
                .contains("slo is");
    }

    @Test
    void whatWasScaledHasItsBounds() {
        HttpRequestText scale = request("POST", "/scale", "{\"min\": 0, \"max\": 2}");

        assertThat(missed(scale, "{\"goal\": {\"replicas\": {\"min\": 0, \"max\": 2}}}"))
                .isEmpty();
        assertThat(missed(scale, "{\"goal\": {\"replicas\": {\"min\": 0, \"max\": 1}}}"))
                .contains("max is 1");
        assertThat(missed(scale, "{\"goal\": {\"replicas\": 1}}")).contains("replicas are 1");
    }

    @Test
    void whatIsEndedIsGone() {
        assertThat(missed(request("DELETE", "", ""), "{\"goal\": {}}")).contains("still is a goal");
        assertThat(missed(request("DELETE", "/shadow", ""), "{\"goal\": {}}")).isEmpty();
    }

    @Test
    void aVersionThatServesAlreadyIsNotRolledOut() {
        HttpRequestText rollout = request("POST", "/rollout", "{\"version\": \"2\", \"steps\": [5, 100]}");
        JsonNode serves = view("{\"goal\": {\"version\": \"2\", \"slo\": \"1s\"}}");

        assertThat(ControlGoals.missed(rollout, serves, serves)).isEmpty();
        assertThat(ControlGoals.missed(rollout, serves, view("{\"goal\": {\"version\": \"2\", \"slo\": \"2s\"}}")))
                .contains("goal is");
        assertThat(ControlGoals.missed(
                        rollout,
                        serves,
                        view("{\"goal\": {\"version\": \"2\", \"slo\": \"1s\"}, \"rollout\": {\"version\": \"2\"}}")))
                .contains("still is a rollout");
        assertThat(ControlGoals.missed(rollout, view("{\"goal\": {\"version\": \"1\"}}"), serves))
                .contains("steps is");
    }

    @Test
    void whatIsPromotedOrRolledBackServesAlone() {
        JsonNode before = view("{\"goal\": {\"version\": \"1\"}, \"rollout\": {\"version\": \"2\"}}");
        JsonNode second = view("{\"goal\": {\"version\": \"2\"}}");
        JsonNode first = view("{\"goal\": {\"version\": \"1\"}}");

        assertThat(ControlGoals.missed(request("POST", "/promote", ""), before, second))
                .isEmpty();
        assertThat(ControlGoals.missed(request("POST", "/promote", ""), before, first))
                .contains("not 2");
        assertThat(ControlGoals.missed(request("POST", "/rollback", ""), before, first))
                .isEmpty();
        assertThat(ControlGoals.missed(request("POST", "/rollback", ""), before, before))
                .contains("still is a rollout");
    }

    @Test
    void aChangeThatWasMeantForAnotherRevisionIsNotToBeTaken() {
        HttpRequestText delete = request("DELETE", "", "");

        assertThat(missed(delete.with("If-Match: \"3\""), "{}")).isEmpty();
        assertThat(missed(delete.with("If-Match: *"), "{}")).isEmpty();
        assertThat(missed(delete.with("If-Match: \"2\""), "{}")).contains("meant for \"2\"");
    }

    private static HttpRequestText request(String method, String verb, String body) {
        return HttpRequestText.of(method, ControlRequests.ACTOR + verb, body);
    }

    private static String missed(HttpRequestText sent, String after) {
        return ControlGoals.missed(sent, NOTHING, view(after));
    }

    private static JsonNode view(String json) {
        return Reply.json(Changes.utf8(json));
    }
}
