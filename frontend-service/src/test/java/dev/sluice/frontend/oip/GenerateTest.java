package dev.sluice.frontend.oip;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp.Response;
import dev.sluice.frontend.query.QueryCall;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakGuard.class)
class GenerateTest {

    @RegisterExtension
    final OipFrontend frontend = new OipFrontend();

    private Response generate(String model, String body, String... headers) {
        return frontend.http().post("/v2/models/" + model + "/generate", body, headers);
    }

    private Response stream(String model, String body) {
        return frontend.http().post("/v2/models/" + model + "/generate_stream", body);
    }

    @Test
    void handsTheTextOverAsJson() {
        Response response =
                generate("echo", "{\"text_input\" : \"a\\\"b\" , \"id\":\"g 1\",\"parameters\":{\"timeout\":5}}");
        assertThat(response.body())
                .isEqualTo(
                        "{\"id\":\"g 1\",\"model_name\":\"echo\",\"model_version\":\"1\",\"text_output\":\"a\\\"b\"}");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        QueryCall call = frontend.onlyCall().call();
        assertThat(call.mediaType()).isEqualTo("application/json");
        assertThat(frontend.onlyCall().input()).isEqualTo("\"a\\\"b\"");
        assertThat(call.budgetNanos()).isEqualTo(5_000);
    }

    @Test
    void takesTheInputByItsNameToo() {
        assertThat(generate("echo", "{\"input\": {\"a\": [1, 2]}}").body())
                .isEqualTo("{\"model_name\":\"echo\",\"model_version\":\"1\",\"output\":{\"a\": [1, 2]}}");
        assertThat(frontend.http()
                        .post("/v2/models/echo/versions/7/generate", "{\"input\": 1}")
                        .body())
                .contains("\"model_version\":\"7\"");
    }

    @Test
    void putsTextAndBytesIntoTheJson() {
        assertThat(generate("prose", "{\"text_input\":1}").body()).contains("\"one \\\"line\\\"\\nétwo\"");
        assertThat(generate("picture", "{\"text_input\":1}").body()).endsWith("\"text_output\":\"iVBORwA=\"}");
    }

    @Test
    void collectsTheResultsOfAStreamingModel() {
        assertThat(generate("ticks", "{\"text_input\":3}").body()).endsWith("\"text_output\":[1, 2, 3]}");
        assertThat(OipFrontend.error(generate("ticks", "{\"text_input\":1000}"), 413))
                .contains("more than 1024 bytes", "generate_stream");
    }

    @Test
    void streamsResultsAsEvents() {
        Response response = stream("ticks", "{\"text_input\":2,\"id\":\"s\"}");
        assertThat(response.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
        String front = "data: {\"id\":\"s\",\"model_name\":\"ticks\",\"model_version\":\"1\",\"text_output\":";
        assertThat(response.body()).isEqualTo(front + "1}\n\n" + front + "2}\n\n");
    }

    @Test
    void givesOneEventOfAModelThatDoesNotStream() {
        assertThat(stream("vadder", "{\"text_input\":2}").body())
                .startsWith("data: ")
                .endsWith("\"text_output\":3}\n\n");
    }

    @Test
    void saysInAnEventWhyAStreamEndsEarly() {
        assertThat(stream("spoilt", "{\"text_input\":2}").body())
                .endsWith("\"text_output\":1}\n\ndata: {\"error\":\"The replica is gone.\"}\n\n");
        assertThat(OipFrontend.error(stream("failing", "{\"text_input\":\"LOST\"}"), 500))
                .contains("It is planned.");
    }

    @Test
    void cancelsAStreamWhoseCallerGoes() {
        frontend.http()
                .sendPost("/v2/models/stuck/generate_stream", "{\"text_input\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(frontend.http().readHead().status()).isEqualTo(200);
        frontend.http().close();
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The body is empty",
                "[]|must be a JSON object",
                "{}|text_input is missing",
                "{\"text_input\": 1, \"input\": 2}|there twice",
                "{\"text_input\": 1, \"max_tokens\": 2}|max_tokens is not known",
                "{\"text_input\": 1} x|not valid JSON",
                "{\"text_input\": 1} {}|something follows",
                "{\"text_input\": 1|not valid JSON",
                "{\"text_input\": 1, \"id\": 2}|id must be a string",
                "{\"text_input\": 1, \"parameters\": []}|parameters must be an object"
            })
    void refusesABadBody(String body, String sentence) {
        assertThat(OipFrontend.error(generate("echo", body), 400)).contains(sentence);
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @Test
    void refusesModelsThatItCannotAsk() {
        assertThat(OipFrontend.error(generate("pair", "{\"text_input\":1}"), 400))
                .contains("2 inputs");
        assertThat(OipFrontend.error(generate("echo", "{\"input\":1}", "Inference-Header-Content-Length: 3"), 400))
                .contains("leave Inference-Header-Content-Length out");
        frontend.gateway().body("table", "text/csv", call -> frontend.gateway().answer("1"));
        assertThat(OipFrontend.error(generate("table:pieces", "{\"text_input\":1}"), 400))
                .contains("one body of text/csv");
    }
}
