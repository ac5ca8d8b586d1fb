package dev.sluice.system.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the Open Inference Protocol, version 2, says of each path, with JSON bodies. */
@ExtendWith(Sites.class)
class OipConformanceIT {

    private static final String ROW =
            "{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"FP32\", \"data\": [1, 2, 3]}";

    private Oip oip;

    @BeforeEach
    void connect(@On(Shape.SPOKEN) Site site) {
        site.awaitPublished("adds");
        site.awaitPublished("pair");
        site.awaitPublished("versions");
        oip = new Oip(site);
    }

    private static String request(String... inputs) {
        return "{\"inputs\": [" + String.join(", ", inputs) + "]}";
    }

    private static JsonNode output(Oip.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().path("outputs").get(0);
    }

    @Test
    void theServerHasANameAVersionAndExtensions() {
        JsonNode server = oip.get("/v2").json();
        assertThat(server.path("name").asString()).isEqualTo("sluice");
        assertThat(server.path("version").asString()).isNotEmpty();
        assertThat(server.path("extensions").isArray()).isTrue();
    }

    @Test
    void livenessAndReadinessAnswerWith200() {
        assertThat(oip.get("/v2/health/live").status()).isEqualTo(200);
        assertThat(oip.get("/v2/health/ready").status()).isEqualTo(200);
    }

    @Test
    void aModelIsReadyIfItIsThereAndNotOtherwise() {
        assertThat(oip.get("/v2/models/adds/ready").status()).isEqualTo(200);
        assertThat(oip.get("/v2/models/adds/versions/1/ready").status()).isEqualTo(200);
        assertThat(oip.get("/v2/models/nothing/ready").status()).isEqualTo(404);
        assertThat(oip.get("/v2/models/adds/versions/77/ready").status()).isEqualTo(404);
    }

    @Test
    void aModelsMetadataHasNameVersionsPlatformInputsAndOutputs() {
        JsonNode model = oip.get("/v2/models/pair").json();
        assertThat(model.path("name").asString()).isEqualTo("pair");
        assertThat(model.path("versions").toString()).isEqualTo("[\"1\"]");
        assertThat(model.path("platform").asString()).isNotEmpty();
        assertThat(model.path("inputs").toString())
                .isEqualTo("[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]");
        assertThat(model.path("outputs").toString())
                .isEqualTo("[{\"name\":\"sum\",\"datatype\":\"FP32\",\"shape\":[-1,2]},"
                        + "{\"name\":\"product\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]");
    }

    @Test
    void everyActorIsAModel() {
        assertThat(oip.get("/v2/models/vadder").json().path("inputs").size()).isEqualTo(1);
        assertThat(oip.get("/v2/models/counter:count").json().path("name").asString())
                .isEqualTo("counter:count");
    }

    @Test
    void anAnswerNamesTheModelItsVersionAndItsOutputs() {
        JsonNode answer = oip.infer("adds", request(ROW)).json();
        assertThat(answer.toString())
                .isEqualTo(
                        "{\"model_name\":\"adds\",\"model_version\":\"1\",\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\","
                                + "\"shape\":[1,3],\"data\":[2.0,3.0,4.0]}]}");
    }

    @Test
    void dataMayBeFlatOrNestedAsItsShapeIs() {
        String flat = "{\"name\": \"x\", \"shape\": [2, 3], \"datatype\": \"FP32\", \"data\": [1, 2, 3, 4, 5, 6]}";
        String nested = flat.replace("[1, 2, 3, 4, 5, 6]", "[[1, 2, 3], [4, 5, 6]]");
        assertThat(output(oip.infer("adds", request(flat)))).isEqualTo(output(oip.infer("adds", request(nested))));
    }

    @Test
    void theIdIsRepeatedWhateverItIs() {
        String body = "{\"id\": \"an id, with spaces\", \"inputs\": [" + ROW + "]}";
        assertThat(oip.infer("adds", body).json().path("id").asString()).isEqualTo("an id, with spaces");
        assertThat(oip.infer("adds", request(ROW)).json().has("id")).isFalse();
        assertThat(oip.infer("adds", "{\"id\": null, \"inputs\": [" + ROW + "]}")
                        .json()
                        .has("id"))
                .isFalse();
    }

    @Test
    void absentOutputsMeanAllAndRequestedOnesComeInTheirOrder() {
        String row = "{\"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"FP32\", \"data\": [3, 4]}";
        assertThat(oip.infer("pair", request(row)).json().path("outputs").size())
                .isEqualTo(2);
        JsonNode chosen = oip.infer(
                        "pair",
                        "{\"inputs\": [" + row + "], \"outputs\": [{\"name\": \"product\"}, {\"name\": \"sum\"}]}")
                .json()
                .path("outputs");
        assertThat(chosen.get(0).path("data").toString()).isEqualTo("[9.0,16.0]");
        assertThat(chosen.get(1).path("data").toString()).isEqualTo("[6.0,8.0]");
        JsonNode one = oip.infer("pair", "{\"inputs\": [" + row + "], \"outputs\": [{\"name\": \"product\"}]}")
                .json()
                .path("outputs");
        assertThat(one.size()).isEqualTo(1);
    }

    @Test
    void noRowsAreAnAnswerWithoutElements() {
        String none = "{\"name\": \"x\", \"shape\": [0, 3], \"datatype\": \"FP32\", \"data\": []}";
        assertThat(output(oip.infer("adds", request(none))).toString()).contains("\"shape\":[0,3]", "\"data\":[]");
    }

    @Test
    void aVersionThatIsNamedAnswers() {
        JsonNode one = oip.infer("versions/versions/1", request(ROW)).json();
        JsonNode two = oip.infer("versions/versions/2", request(ROW)).json();
        assertThat(one.path("model_version").asString()).isEqualTo("1");
        assertThat(one.path("outputs").get(0).path("data").toString()).isEqualTo("[2.0,3.0,4.0]");
        assertThat(two.path("model_version").asString()).isEqualTo("2");
        assertThat(two.path("outputs").get(0).path("data").toString()).isEqualTo("[6.0,7.0,8.0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "adds:nothing", "adds/versions/77"})
    void aModelOrVersionThatIsNotThereIsA404(String model) {
        Oip.Reply reply = oip.infer(model, request(ROW));
        assertThat(reply.status()).as(reply.text()).isEqualTo(404);
        assertThat(reply.error()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "{}",
                "[1, 2, 3]",
                "{\"inputs\": []}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"FP32\"}]}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"FP32\", \"data\": [1, 2]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"FP32\", \"data\": [1, 2]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [-1, 3], \"datatype\": \"FP32\", \"data\": [1, 2, 3]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"INT64\", \"data\": [1, 2, 3]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"FP33\", \"data\": [1, 2, 3]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"FP32\", \"data\": [1, 2, 1e300]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"FP32\", \"data\": [1, 2, \"3\"]}]}",
                "{\"inputs\": [{\"name\": \"z\", \"shape\": [1, 3], \"datatype\": \"FP32\", \"data\": [1, 2, 3]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"FP32\", \"data\": [1, 2, 3]}],"
                        + " \"outputs\": [{\"name\": \"z\"}]}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"FP32\","
                        + " \"parameters\": {\"shared_memory_region\": \"r\", \"shared_memory_byte_size\": 12}}]}"
            })
    void aBadRequestIsA400WithAnError(String body) {
        Oip.Reply reply = oip.infer("adds", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.error()).as(reply.text()).isNotEmpty();
    }

    @Test
    void aTimeoutIsInMicrosecondsAndIsKept() {
        String late = "{\"parameters\": {\"timeout\": 1}, \"inputs\": [" + ROW + "]}";
        assertThat(oip.infer("adds", late).status()).isIn(503, 504);
        String inTime = "{\"parameters\": {\"timeout\": 60000000, \"priority\": 1}, \"inputs\": [" + ROW + "]}";
        assertThat(oip.infer("adds", inTime).status()).isEqualTo(200);
    }

    @Test
    void theWrongMethodIsA405AndAnUnknownPathA404() {
        assertThat(oip.get("/v2/models/adds/infer").status()).isEqualTo(405);
        assertThat(oip.post("/v2/models/adds", "{}").status()).isEqualTo(405);
        assertThat(oip.get("/v2/models/adds/version/1").status()).isEqualTo(404);
        assertThat(oip.get("/v2/nothing").error()).isNotEmpty();
    }

    @Test
    void theIndexHasEveryModel() {
        String index = oip.post("/v2/repository/index", "").text();
        assertThat(index)
                .contains("{\"name\":\"adds\",\"version\":\"1\",\"state\":\"READY\",\"reason\":\"\"}")
                .contains("\"name\":\"vadder\"");
    }

    @Test
    void statisticsCountAnswersAndFailures() {
        JsonNode before = statistics();
        oip.infer("pair", request("{\"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"FP32\", \"data\": [3, 4]}"));
        oip.infer("pair", request("{\"name\": \"x\", \"shape\": [1, 1], \"datatype\": \"FP32\", \"data\": [3]}"));
        JsonNode after = statistics();
        assertThat(count(after, "success")).isEqualTo(count(before, "success") + 1);
        assertThat(count(after, "fail")).isEqualTo(count(before, "fail") + 1);
    }

    private JsonNode statistics() {
        return oip.get("/v2/models/pair/stats").json().path("model_stats").get(0);
    }

    private static long count(JsonNode statistics, String outcome) {
        return statistics.path("inference_stats").path(outcome).path("count").asLong(-1);
    }

    @Test
    void generateGivesTextForText() {
        assertThat(oip.post("/v2/models/vadder/generate", "{\"text_input\": 41}")
                        .text())
                .isEqualTo("{\"model_name\":\"vadder\",\"model_version\":\"1\",\"text_output\":42}");
        assertThat(oip.post("/v2/models/vadder/generate", "{\"text_input\": \"x\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void generateStreamGivesAnEventForEachResult() {
        Oip.Reply reply = oip.post("/v2/models/ticks/generate_stream", "{\"text_input\": 3}");
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        assertThat(reply.text().lines().filter(line -> line.startsWith("data: ")))
                .hasSize(3)
                .last()
                .isEqualTo("data: {\"model_name\":\"ticks\",\"model_version\":\"1\",\"text_output\":3}");
    }
}
