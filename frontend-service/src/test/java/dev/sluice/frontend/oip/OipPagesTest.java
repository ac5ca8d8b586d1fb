package dev.sluice.frontend.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(LeakGuard.class)
class OipPagesTest {

    @RegisterExtension
    final OipFrontend frontend = new OipFrontend();

    private String get(String path) {
        Response response = frontend.http().request("GET", path);
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        return response.body();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void saysWhatTheServerIs() {
        JsonNode server = json(get("/v2"));
        assertThat(server.path("name").asString()).isEqualTo("sluice");
        assertThat(server.path("version").asString()).isNotEmpty();
        assertThat(server.path("extensions").toString()).contains("binary_tensor_data", "statistics");
    }

    @Test
    void isLiveAndReady() {
        assertThat(get("/v2/health/live")).isEqualTo("{\"live\":true}");
        assertThat(get("/v2/health/ready")).isEqualTo("{\"ready\":true}");
        assertThat(get("/v2/models/adds/ready")).isEqualTo("{\"name\":\"adds\",\"ready\":true}");
        assertThat(get("/v2/models/adds/versions/3/ready")).contains("true");
    }

    @Test
    void isNotReadyBeforeThereIsACatalogue() {
        frontend.gateway().ready(false);
        assertThat(get("/v2/health/live")).isEqualTo("{\"live\":true}");
        Response ready = frontend.http().request("GET", "/v2/health/ready");
        assertThat(OipFrontend.error(ready, 503)).contains("not heard of the actors");
        assertThat(ready.header("Retry-After")).isEqualTo("1");
        OipFrontend.error(frontend.http().request("GET", "/v2/models/adds/ready"), 503);
        OipFrontend.error(frontend.http().request("GET", "/v2/models/adds"), 503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/ready", "/config", "/stats"})
    void knowsNoModelThatIsNotThere(String page) {
        assertThat(OipFrontend.error(frontend.http().request("GET", "/v2/models/vader" + page), 404))
                .contains("Did you mean vadder?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/ready", "/config"})
    void describesNoVersionThatTheCatalogueSaysNothingOf(String page) {
        assertThat(OipFrontend.error(frontend.http().request("GET", "/v2/models/adds/versions/9" + page), 404))
                .contains("version 3 is what callers get");
    }

    @Test
    void describesAModelByItsTensors() {
        assertThat(get("/v2/models/pair"))
                .isEqualTo("{\"name\":\"pair\",\"versions\":[\"3\"],\"platform\":\"sluice\","
                        + "\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2]},"
                        + "{\"name\":\"y\",\"datatype\":\"INT64\",\"shape\":[2]}],"
                        + "\"outputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]}");
    }

    @Test
    void describesAMethodThatNobodyDeclaredAsOneOfTexts() {
        assertThat(get("/v2/models/vadder:other"))
                .isEqualTo("{\"name\":\"vadder:other\",\"versions\":[\"1\"],\"platform\":\"sluice\","
                        + "\"inputs\":[{\"name\":\"input\",\"datatype\":\"BYTES\",\"shape\":[-1]}],"
                        + "\"outputs\":[{\"name\":\"output\",\"datatype\":\"BYTES\",\"shape\":[-1]}]}");
    }

    @Test
    void writesTheConfigurationWithoutTheDimensionOfBatches() {
        JsonNode config = json(get("/v2/models/adds/config"));
        assertThat(config.path("max_batch_size").asInt()).isEqualTo(8);
        assertThat(config.path("input").toString())
                .isEqualTo("[{\"name\":\"x\",\"data_type\":\"TYPE_FP32\",\"dims\":[2]}]");
        assertThat(config.has("dynamic_batching")).isTrue();
        assertThat(config.path("model_transaction_policy").path("decoupled").asBoolean())
                .isFalse();
    }

    /** Load generators cannot set the shape of what has no dimension but the one that they leave out. */
    @Test
    void leavesNumbersTheirOnlyDimension() {
        TensorSpec numbers = new TensorSpec("x", DataType.INT64, new long[] {-1});
        frontend.gateway()
                .model("numbers", new TensorSignature(List.of(numbers), List.of(numbers)), call -> Flux.never());
        JsonNode config = json(get("/v2/models/numbers/config"));
        assertThat(config.path("max_batch_size").asInt()).isZero();
        assertThat(config.path("input").path(0).path("dims").toString()).isEqualTo("[-1]");
        assertThat(config.path("output").path(0).path("dims").toString()).isEqualTo("[-1]");
    }

    @Test
    void writesTheConfigurationOfAModelWithoutBatchesInFull() {
        JsonNode config = json(get("/v2/models/pair/config"));
        assertThat(config.path("max_batch_size").asInt()).isZero();
        assertThat(config.path("input").get(0).path("dims").toString()).isEqualTo("[-1,2]");
        assertThat(json(get("/v2/models/ticks/config"))
                        .path("model_transaction_policy")
                        .path("decoupled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void listsAllModels() {
        assertThat(get("/v2/models")).contains("\"adds\"", "\"vadder\"", "\"vadder:other\"");
        Response index = frontend.http().post("/v2/repository/index", "{\"ready\": true}");
        assertThat(index.body())
                .contains("{\"name\":\"adds\",\"version\":\"3\",\"state\":\"READY\",\"reason\":\"\"}")
                .contains("{\"name\":\"vadder:other\"");
    }

    @Test
    void loadsOnlyWhatIsThere() {
        assertThat(frontend.http().post("/v2/repository/models/adds/load", "{}").status())
                .isEqualTo(200);
        assertThat(frontend.http().post("/v2/repository/models/adds/load", "").status())
                .isEqualTo(200);
        OipFrontend.error(frontend.http().post("/v2/repository/models/nothing/load", "{}"), 404);
        String config = "{\"parameters\": {\"config\": \"{}\"}}";
        assertThat(OipFrontend.error(frontend.http().post("/v2/repository/models/adds/load", config), 400))
                .contains("another configuration");
    }

    @Test
    void saysWhoUnloadsModels() {
        String body = "{\"parameters\": {\"unload_dependents\": false}}";
        assertThat(OipFrontend.error(frontend.http().post("/v2/repository/models/adds/unload", body), 400))
                .contains("undeploy it by a router's control API");
        OipFrontend.error(frontend.http().post("/v2/repository/models/nothing/unload", body), 404);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v2, 'GET, HEAD, OPTIONS'",
        "PUT, /v2/models/adds, 'GET, HEAD, OPTIONS'",
        "DELETE, /v2/models/nothing, 'GET, HEAD, OPTIONS'",
        "POST, /v2/health/ready, 'GET, HEAD, OPTIONS'",
        "GET, /v2/models/adds/infer, 'POST, OPTIONS'",
        "PUT, /v2/models/adds/generate, 'POST, OPTIONS'",
        "GET, /v2/repository/index, 'POST, OPTIONS'"
    })
    void refusesTheWrongMethod(String method, String path, String allowed) {
        Response response = frontend.http().request(method, path);
        assertThat(OipFrontend.error(response, 405)).contains(method);
        assertThat(response.header("Allow")).isEqualTo(allowed);
        assertThat(frontend.http().request("OPTIONS", path).header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void refusesAPathThatIsNone(String method) {
        assertThat(OipFrontend.error(frontend.http().request(method, "/v2/models/adds/version/1"), 404))
                .contains("/versions/VERSION");
        OipFrontend.error(frontend.http().request(method, "/v2/systemsharedmemory/status"), 404);
        OipFrontend.error(frontend.http().request(method, "/v2/models/a%zz"), 400);
    }

    @Test
    void answersHeadWithoutABody() {
        Response head = frontend.http().request("HEAD", "/v2");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("" + get("/v2").length());
    }

    @Test
    void keepsTheConnectionAfterARefusalWithAShortBody() {
        for (int i = 0; i < 20; i++) {
            assertThat(frontend.http().post("/v2/nothing", "x".repeat(50_000)).status())
                    .isEqualTo(404);
        }
        assertThat(get("/v2/health/live")).contains("true");
    }
}
