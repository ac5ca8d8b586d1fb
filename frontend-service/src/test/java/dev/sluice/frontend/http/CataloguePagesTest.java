package dev.sluice.frontend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.RawHttp.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(LeakGuard.class)
class CataloguePagesTest {

    private static TestFrontend frontend;
    private RawHttp http;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start();
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    @BeforeEach
    void connect() {
        frontend.gateway().forget();
        http = frontend.connect();
    }

    @AfterEach
    void disconnect() {
        http.close();
    }

    @Test
    void listsTheActors() {
        Response response = http.request("GET", "/");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.body()).contains("\n").endsWith("}\n");
        JsonNode page = json(response);
        assertThat(page.at("/name").asString()).isEqualTo("sluice");
        assertThat(page.at("/actors")
                        .valueStream()
                        .map(actor -> actor.at("/name").asString()))
                .contains("vadder", "echo", "ticks");
    }

    @Test
    void describesAnActor() {
        JsonNode actor = json(http.request("GET", "/vadder"));
        assertThat(actor.toString())
                .isEqualTo(
                        "{\"name\":\"vadder\",\"version\":\"1\",\"description\":\"The actor vadder\",\"path\":\"/vadder\","
                                + "\"idempotent\":false,\"slo_ms\":30000,\"scheduler\":\"fifo\",\"methods\":["
                                + "{\"name\":\"call\",\"path\":\"/vadder\",\"input\":\"long\",\"output\":\"long\",\"batched\":true,"
                                + "\"max_batch_size\":16,\"max_wait_ms\":5.0,\"streaming\":false},"
                                + "{\"name\":\"other\",\"path\":\"/vadder/other\",\"input\":\"JsonNode\",\"output\":\"byte[]\","
                                + "\"batched\":false,\"max_batch_size\":1,\"max_wait_ms\":0.0,\"streaming\":false}]}");
        assertThat(http.request("GET", "/vadder/").status()).isEqualTo(200);
    }

    @Test
    void answersHeadWithoutABody() {
        assertThat(http.request("HEAD", "/").status()).isEqualTo(200);
        Response head = http.request("HEAD", "/vadder");
        assertThat(head.status()).isEqualTo(200);
        assertThat(Integer.parseInt(head.header("Content-Length"))).isPositive();
        assertThat(http.request("HEAD", "/nobody").status()).isEqualTo(404);
        assertThat(http.request("GET", "/vadder").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/|GET, HEAD, OPTIONS", "/vadder|GET, HEAD, POST, OPTIONS", "/vadder/call|POST, OPTIONS"})
    void tellsAndKeepsToTheMethodsOfAPath(String path, String allowed) {
        Response options = http.request("OPTIONS", path);
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow").split(", ?")).containsExactlyInAnyOrder(allowed.split(", "));
        for (String method : new String[] {"PUT", "DELETE", "PATCH", "TRACE"}) {
            Response refused = http.request(method, path);
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.header("Allow").split(", ?")).containsExactlyInAnyOrder(allowed.split(", "));
            assertThat(refused.body()).contains("\"status\":405").endsWith("\"success\":false}");
        }
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertProblem(http.request("GET", "/vader"), 404).contains("Did you mean vadder?", "\"actor\":\"vader\"");
        assertProblem(http.request("GET", "/vadder/nix"), 404).contains("it has call, other");
        assertProblem(http.request("GET", "/a/b/c"), 404).contains("Nothing is at /a/b/c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/favicon.ico", "/ui/nothing.js", "/actuator/nothing", "/swagger-ui/nothing.js"})
    void leavesReservedPathsAlone(String path) {
        assertProblem(http.request("GET", path), 404).contains("Nothing is at");
    }

    @Test
    void refusesAPathThatIsNoUri() {
        assertProblem(http.request("GET", "/vad%zzder"), 400);
        assertProblem(http.request("GET", "/vad|der"), 400);
    }

    @Test
    void isUnavailableUntilTheCatalogueIsThere() {
        frontend.gateway().ready(false);
        Response response = http.request("GET", "/");
        assertProblem(response, 503).contains("UNAVAILABLE");
        assertThat(response.header("Retry-After")).isEqualTo("1");
        assertProblem(http.request("GET", "/vadder"), 503);
        assertProblem(http.request("GET", "/openapi.json"), 503);
    }

    @Test
    void fallsOutOfReadinessButNotOfLifeWithoutACatalogue() {
        assertThat(http.request("GET", "/actuator/health/readiness").status()).isEqualTo(200);
        frontend.gateway().ready(false);
        Response readiness = http.request("GET", "/actuator/health/readiness");
        assertThat(readiness.status()).isEqualTo(503);
        assertThat(readiness.body()).contains("no router has sent a complete catalogue yet");
        assertThat(http.request("GET", "/actuator/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void countsWhatItRefuses() {
        http.post("/nobody", "{\"input\": 1}");
        assertThat(http.request("GET", "/actuator/prometheus").body())
                .containsPattern("sluice_requests_refused_total\\{code=\"not_found\",protocol=\"http\"} [1-9]");
    }

    @Test
    void describesItselfAsOpenApi() {
        Response response = http.request("GET", "/openapi.json");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        JsonNode document = json(response);
        assertThat(document.at("/openapi").asString()).isEqualTo("3.1.0");
        assertThat(document.at("/paths").propertyNames()).contains("/vadder", "/vadder/other", "/ticks");
        JsonNode post = document.at("/paths").get("/vadder").get("post");
        assertThat(post.get("operationId").asString()).isEqualTo("vadder.call");
        assertThat(post.at("/requestBody/content/application~1json/schema/properties/input/type")
                        .asString())
                .isEqualTo("integer");
        assertThat(document.at("/components/schemas/Problem/properties/code/type")
                        .asString())
                .isEqualTo("string");
        assertThat(document.at("/paths")
                        .get("/ticks")
                        .at("/post/responses/200/content")
                        .propertyNames())
                .containsExactly("application/json", "text/event-stream");
    }

    @Test
    void servesSwaggerUiFromItself() {
        assertThat(http.request("GET", "/swagger-ui").header("Location")).isEqualTo("/swagger-ui/index.html");
        assertThat(http.request("GET", "/swagger-ui/index.html").body()).contains("swagger-ui-bundle.js");
        String start = http.request("GET", "/swagger-ui/swagger-initializer.js").body();
        assertThat(start).contains("/openapi.json").doesNotContain("https://");
        assertThat(start)
                .as("the key is shown to this frontend alone")
                .contains("if (key && new URL(request.url, location).origin === location.origin)");
        Response bundle = http.request("GET", "/swagger-ui/swagger-ui-bundle.js");
        assertThat(bundle.status()).isEqualTo(200);
        assertThat(bundle.header("Content-Type")).contains("javascript");
    }

    private static JsonNode json(Response response) {
        return JsonMapper.shared().readTree(response.bytes());
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertProblem(Response response, int status) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        return assertThat(response.body()).contains("\"status\":" + status).endsWith("\"success\":false}");
    }
}
