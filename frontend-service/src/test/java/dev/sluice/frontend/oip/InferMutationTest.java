package dev.sluice.frontend.oip;

import static dev.sluice.common.testing.Mutator.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp;
import dev.sluice.frontend.http.RawHttp.Response;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.mutation.Longs;
import dev.sluice.frontend.mutation.MutationRun;
import dev.sluice.frontend.mutation.StrictActors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Valid requests with something changed: each has the result of what was sent, or an error of this protocol, and none ends the connection. */
@ExtendWith(LeakGuard.class)
@Timeout(300)
class InferMutationTest {

    private static final int WINDOW = 50;
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<InferMutation> VALID = List.of(
            InferMutation.json(
                    "/v2/models/plus/infer",
                    "{\"id\": \"1\", \"inputs\": [{\"name\": \"x\", \"shape\": [3], \"datatype\": \"INT64\", \"data\": [1, 2, -3]}]}"),
            InferMutation.json(
                    "/v2/models/plus/versions/3/infer",
                    "{\"parameters\": {\"timeout\": 1000000, \"priority\": 1}, \"outputs\": [{\"name\": \"y\"}], \"inputs\": [{\"datatype\": \"INT64\", \"name\": \"x\", \"shape\": [0], \"data\": []}]}"),
            InferMutation.binary(
                    "{\"inputs\": [{\"name\": \"x\", \"shape\": [2], \"datatype\": \"INT64\", \"parameters\": {\"binary_data_size\": 16}}], \"parameters\": {\"binary_data_output\": true}}",
                    Longs.bytes(7, Long.MAX_VALUE)),
            InferMutation.binary(
                    "{\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"INT64\", \"parameters\": {\"binary_data_size\": 8}}], \"outputs\": [{\"name\": \"y\", \"parameters\": {\"binary_data\": false}}]}",
                    Longs.bytes(-1)),
            InferMutation.raw(Longs.bytes(5, 6)),
            InferMutation.json("/v2/models/sums/generate", "{\"text_input\": 41, \"parameters\": {\"timeout\": 1000}}"),
            InferMutation.json("/v2/models/counts/generate", "{\"text_input\": 2, \"id\": \"g\"}"),
            InferMutation.json("/v2/models/counts/generate_stream", "{\"text_input\": 3}"));

    private static TestFrontend frontend;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start();
        StrictActors.publish(frontend.gateway());
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    @Test
    void areAnswered() {
        Mutator mutator = new Mutator(4_714);
        try (RawHttp http = frontend.connect();
                RawHttp other = frontend.connect()) {
            MutationRun run = new MutationRun(frontend.gateway(), () -> assertServed(other));
            run.send(MutationRun.REQUESTS, WINDOW, () -> window(http, mutator, run));
            assertServed(http);
        }
    }

    private static void assertServed(RawHttp http) {
        VALID.get(0).send(http);
        assertThat(http.read().body()).contains("\"data\":[2,3,-2]");
    }

    private static void window(RawHttp http, Mutator mutator, MutationRun run) {
        List<InferMutation> sent = new ArrayList<>();
        for (int i = 0; i < WINDOW; i++) {
            sent.add(mutator.oneOf(VALID).maybeChanged(mutator));
            sent.get(i).send(http);
        }
        for (InferMutation request : sent) {
            Response response = http.read();
            boolean answered = response.status() == 200;
            if (!answered) {
                assertThat(request.untouched()).as(response.body()).isFalse();
                assertThat(response.status()).isBetween(400, 499);
                OipFrontend.error(response, response.status());
            } else if (request.asksWhatItShould()) {
                assertResult(request, response);
            }
            run.ended(answered);
        }
    }

    private static void assertResult(InferMutation request, Response response) {
        if (request.path().endsWith("generate_stream")) {
            int asked = JSON.readTree(request.sent()).path("text_input").asInt();
            assertThat(response.body().lines().filter(line -> line.contains("\"text_output\"")))
                    .hasSize(asked);
        } else if (request.path().endsWith("generate")) {
            assertGenerated(JSON.readTree(request.sent()), JSON.readTree(response.body()), request.path());
        } else {
            assertInferred(request, response);
        }
    }

    private static void assertGenerated(JsonNode request, JsonNode response, String path) {
        JsonNode output = response.path(request.has("text_input") ? "text_output" : "output");
        JsonNode input = request.path(request.has("text_input") ? "text_input" : "input");
        if (path.contains("counts")) {
            assertThat(output.size()).isEqualTo(input.asInt());
        } else {
            assertThat(output.asLong()).isEqualTo(input.asLong() + 1);
        }
    }

    private static void assertInferred(InferMutation request, Response response) {
        int length = response.header("Inference-Header-Content-Length").isEmpty()
                ? response.bytes().length
                : Integer.parseInt(response.header("Inference-Header-Content-Length"));
        JsonNode answer = JSON.readTree(part(response.bytes(), 0, length));
        List<Long> outputs = new ArrayList<>();
        answer.path("outputs").path(0).path("data").forEach(each -> outputs.add(each.asLong()));
        int binary = answer.path("outputs")
                .path(0)
                .path("parameters")
                .path("binary_data_size")
                .asInt(0);
        outputs.addAll(Longs.of(part(response.bytes(), length, length + binary)));
        assertThat(outputs).isEqualTo(Longs.plusOne(request.numbers()));
        assertThat(answer.path("id").asString("")).isEqualTo(request.id());
    }
}
