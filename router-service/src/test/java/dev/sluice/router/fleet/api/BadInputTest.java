package dev.sluice.router.fleet.api;

import static dev.sluice.router.fleet.api.ControlRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;

class BadInputTest {

    private final ControlRig rig = ControlRig.withHost();

    @BeforeEach
    void deploy() {
        rig.put("/actors/model", "{}").expectStatus().isCreated();
        rig.fleet.settles();
    }

    private static void refused(ResponseSpec response, int status, String detail) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.detail")
                .value(said -> assertThat(String.valueOf(said)).contains(detail).doesNotContain("\tat ", "Exception"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{'a': 1",
                "{} {}",
                "nonsense",
                "[]",
                "null",
                "3",
                "{'slo': '200ms', 'slo': '300ms'}",
                "{'slo': NaN}",
                "{'slo': 1e4009223372036854775808}",
                "{'x': '\u0000'}"
            })
    void refusesWhatIsNoJsonObject(String body) {
        refused(rig.put("/actors/model", body), 400, "body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT  | /actors/model | {'slo': '25h'} | slo | Write a duration from 1ms to 24h.",
                "PUT  | /actors/model | {'replicas': 0} | replicas | Write 1 or more",
                "PUT  | /actors/model | {'replicas': {'min': 3, 'max': 2}} | replicas.min | more than replicas.max",
                "PUT  | /actors/model | {'kind': 'python'} | kind | Write one of: java, onnx, pipeline, sql.",
                "PUT  | /actors/model | {'sloo': '1s'} | sloo | Did you mean slo?",
                "PUT  | /actors/model | {'rollout': 'no'} | rollout | Write true or false.",
                "PUT  | /actors/model | {'args': 'x'} | args | arguments",
                "PUT  | /actors/control | {} | name | reserved",
                "PUT  | /actors/p | {'pipeline': {'steps': {'one': {'actor': 'p'}}}} | pipeline.steps.one | p calls p.",
                "POST | /actors/model/scale | {} | body | Write fields: replicas",
                "POST | /actors/model/scale | {'replicas': 10001} | replicas | 10000",
                "POST | /actors/model/scale | {'replicas': 99999999999999999999} | replicas | 10000",
                "POST | /actors/model/scale | {'min': 3} | min | more than",
                "POST | /actors/model/scale | {'replicas': 1, 'min': 1} | replicas | Write a number or bounds.",
                "POST | /actors/model/scale | {'max': 3, 'target-utilisation': 1e400} | target-utilisation | above 0",
                "POST | /actors/model/rollout | {'version': '2', 'weight': 101} | weight | 0 to 100",
                "POST | /actors/model/rollout | {'version': '2', 'steps': [50, 20, 100]} | steps | rising percents",
                "POST | /actors/model/rollout | {'version': '2', 'steps': []} | steps | rising percents",
                "POST | /actors/model/rollout | {'version': '2', 'error-margin': 7} | error-margin | 0 to 1",
                "POST | /actors/model/rollout | {'version': '../2'} | version | letters, digits",
                "PUT  | /actors/model/shadow | {'version': '2', 'percent': -1} | percent | 0 to 100",
                "PUT  | /actors/model/shadow | {'percent': 5} | version | is missing",
            })
    void namesTheFieldThatIsWrong(String method, String path, String body, String field, String advice) {
        rig.http
                .method(HttpMethod.valueOf(method))
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json(body))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:sluice:problem:invalid-input")
                .jsonPath("$.problems.length()")
                .isEqualTo(1)
                .jsonPath("$.problems[0].field")
                .isEqualTo(field)
                .jsonPath("$.problems[0].problem")
                .value(said ->
                        assertThat(String.valueOf(said)).startsWith(field).contains(advice));
    }

    @Test
    void refusesLargeBodiesWhetherTheyAreDeclaredOrNot() {
        byte[] large =
                ("{\"args\": {\"a\": \"" + "x".repeat(Requests.MOST_BYTES) + "\"}}").getBytes(StandardCharsets.UTF_8);
        refused(
                rig.http
                        .put()
                        .uri("/actors/model")
                        .contentType(MediaType.APPLICATION_JSON)
                        .contentLength(large.length)
                        .bodyValue(large)
                        .exchange(),
                413,
                "1 MiB");
        refused(
                rig.http
                        .put()
                        .uri("/actors/model")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(Flux.just(large, large), byte[].class)
                        .exchange(),
                413,
                "1 MiB");
    }

    @Test
    void refusesDeepAndLongJsonWithoutAStackOverflow() {
        refused(rig.put("/actors/model", "[".repeat(200_000)), 400, "body");
        refused(rig.put("/actors/model", "{'args': " + "[".repeat(400) + "]".repeat(400) + "}"), 400, "args");
        refused(rig.put("/actors/model", "{'replicas': " + "9".repeat(900) + "}"), 400, "replicas");
        refused(rig.put("/actors/model", "{'replicas': 1e999999999}"), 400, "replicas is 1E+999999999");
        refused(
                rig.put("/actors/model", "{'replicas': {'max': 2, 'target-utilisation': 1e-999999999}}"),
                400,
                "above 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "*/*"})
    void wantsToBeToldThatABodyIsJson(String type) {
        refused(
                rig.http
                        .put()
                        .uri("/actors/model")
                        .header("Content-Type", type)
                        .bodyValue("{}".getBytes(StandardCharsets.UTF_8))
                        .exchange(),
                415,
                "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "W/\"12\"", "\"a\"", "\"1\", \"2\"", "\"-1\"", "\"99999999999999999999\""})
    void refusesAnIfMatchThatIsNoRevision(String ifMatch) {
        refused(rig.put("/actors/model", "{}", ifMatch), 400, "If-Match is");
    }

    @Test
    void takesAnyRevisionForAStar() {
        rig.put("/actors/model", "{'replicas': 2}", "*").expectStatus().isOk();
    }

    @Test
    void saysWhatAPathTakesAndWhatIsThere() {
        refused(rig.post("/actors/model", "{}"), 405, "it takes DELETE, GET, PUT");
        rig.delete("/hosts").expectHeader().valueEquals("Allow", "GET");
        for (String path : List.of("/", "/actor", "/actors/", "/actors/model/scale/2", "/hosts/host-0")) {
            refused(rig.get(path), 404, "/control/v1/openapi.json");
        }
        refused(rig.get("/actors/%F0%9F%98%80"), 404, "There is no actor");
    }

    @Test
    void refusesQueriesThatAreNoNumbers() {
        refused(rig.get("/events?after=x"), 400, "after is x");
        refused(rig.get("/events?after=-1"), 400, "after is -1");
    }

    @Test
    void doesNotLetOtherSitesWriteThroughAnOperatorsBrowser() {
        refused(
                rig.http
                        .post()
                        .uri("/hosts/host-0/drain")
                        .header("Origin", "https://elsewhere.example")
                        .header("Host", "127.0.0.1:7000")
                        .exchange(),
                403,
                "another site");
        rig.http
                .post()
                .uri("/hosts/host-0/drain")
                .header("Origin", "http://127.0.0.1:7000")
                .header("Host", "127.0.0.1:7000")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elsewhere.example:7000",
                "localhost.elsewhere.example",
                "127.0.0.1.elsewhere.example",
                "127.elsewhere.example",
                "192.168.0.7:7000",
                "[::2]:7000",
                ""
            })
    void takesNoRequestToANameThatAPageMayHaveMadePointHere(String host) {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST)) {
            refused(
                    rig.http
                            .method(method)
                            .uri("/hosts/host-0/drain")
                            .header("Origin", "http://" + host)
                            .header("Host", host)
                            .exchange(),
                    403,
                    "sluice.cluster-secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:7000", "127.0.0.1", "127.0.1.1:7000", "[::1]", "[::1]:7000"})
    void takesRequestsToThisMachine(String host) {
        rig.http
                .get()
                .uri("/hosts")
                .header("Host", host)
                .exchange()
                .expectStatus()
                .isOk();
    }
}
