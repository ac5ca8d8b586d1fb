package dev.sluice.router.fleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the document says holds of the routes, and the other way round. */
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private final ControlRig rig = ControlRig.withHost();
    private JsonNode document = JsonMapper.shared().createObjectNode();

    @BeforeEach
    void read() {
        byte[] body = rig.get("/openapi.json")
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody()
                .returnResult()
                .getResponseBody();
        document = JsonMapper.shared().readTree(body);
    }

    private record Operation(String method, String path, JsonNode node, JsonNode shared) {}

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(member -> {
                    if (METHODS.contains(member.getKey())) {
                        operations.add(new Operation(
                                member.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                member.getValue(),
                                path.getValue()));
                    }
                }));
        return operations;
    }

    private JsonNode resolved(JsonNode node) {
        String ref = node.path("$ref").asString("");
        return ref.isEmpty() ? node : document.at(ref.substring(1));
    }

    @Test
    void documentsEveryRouteAndNothingElse() {
        Set<String> routed = new TreeSet<>();
        rig.routes
                .endpoints()
                .forEach(each -> routed.add(each.method() + " " + each.path().getPatternString()));
        Set<String> documented = new TreeSet<>();
        operations().forEach(each -> documented.add(each.method() + " " + each.path()));
        assertThat(documented).isEqualTo(routed).hasSize(17);
    }

    @Test
    void namesEachOperationOnceAndItsPathsParameters() {
        Set<String> ids = new TreeSet<>();
        for (Operation operation : operations()) {
            assertThat(ids.add(operation.node().path("operationId").asString("")))
                    .isTrue();
            Set<String> named = new TreeSet<>();
            for (JsonNode parameters : List.of(
                    operation.node().path("parameters"), operation.shared().path("parameters"))) {
                parameters.forEach(parameter -> {
                    JsonNode resolved = resolved(parameter);
                    if (resolved.path("in").asString("").equals("path")) {
                        named.add("{" + resolved.path("name").asString() + "}");
                    }
                });
            }
            Set<String> inPath = new TreeSet<>();
            for (String segment : operation.path().split("/")) {
                if (segment.startsWith("{")) {
                    inPath.add(segment);
                }
            }
            assertThat(named).as(operation.path()).isEqualTo(inPath);
        }
    }

    @Test
    void refersToNothingThatIsMissing() {
        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @Test
    void offersIfMatchForEveryWrite() {
        for (Operation operation : operations()) {
            boolean offers = operation.node().path("parameters").toString().contains("IfMatch");
            assertThat(offers)
                    .as(operation.path())
                    .isEqualTo(!operation.method().equals("GET"));
        }
    }

    @Test
    void givesExamplesThatTheSchemasAndTheRoutesTake() {
        int tried = 0;
        for (Operation operation : operations()) {
            JsonNode content = operation.node().at("/requestBody/content/application~1json");
            for (Map.Entry<String, JsonNode> example : content.path("examples").properties()) {
                JsonNode body = example.getValue().path("value");
                assertThat(new Conformity(document).of(body, content.path("schema")))
                        .as(example.getKey())
                        .isEmpty();
                taken(operation, body);
                tried++;
            }
        }
        assertThat(tried).isEqualTo(9);
    }

    private static void taken(Operation operation, JsonNode body) {
        ControlRig fresh = ControlRig.withHost();
        if (!operation.path().endsWith("{name}")) {
            fresh.put("/actors/model", "{}").expectStatus().isCreated();
        }
        fresh.http
                .method(HttpMethod.valueOf(operation.method()))
                .uri(operation.path().substring(Endpoint.ROOT.length()).replace("{name}", "model"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body.toString())
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
    }

    @Test
    void givesExamplesOfAnswersThatLookLikeTheSchemasSay() {
        List<String> wrong = new ArrayList<>();
        int[] tried = {0};
        document.at("/components/responses")
                .properties()
                .forEach(response -> response.getValue()
                        .path("content")
                        .properties()
                        .forEach(content -> content.getValue().path("examples").forEach(example -> {
                            tried[0]++;
                            wrong.addAll(new Conformity(document)
                                    .of(
                                            example.path("value"),
                                            content.getValue().path("schema")));
                        })));
        assertThat(wrong).isEmpty();
        assertThat(tried[0]).isEqualTo(5);
    }

    @Test
    void describesAnswersAsTheyAre() {
        rig.put("/actors/model", "{'replicas': 2, 'args': {'a': '1'}}");
        rig.fleet.settles();
        rig.post("/actors/model/rollout", "{'version': '2'}");
        rig.put("/actors/model/shadow", "{'version': '3'}");
        rig.fleet.settles();
        for (Operation operation : operations()) {
            if (operation.method().equals("GET") && !operation.path().endsWith("openapi.json")) {
                String path = operation.path().substring(Endpoint.ROOT.length()).replace("{name}", "model");
                JsonNode answer = JsonMapper.shared()
                        .readTree(rig.get(path).expectBody().returnResult().getResponseBody());
                JsonNode schema = resolved(operation.node().path("responses").path("200"))
                        .at("/content/application~1json/schema");
                assertThat(new Conformity(document).of(answer, schema)).as(path).isEmpty();
            }
        }
        JsonNode problem = JsonMapper.shared()
                .readTree(rig.put("/actors/model", "{'x': 1}")
                        .expectBody()
                        .returnResult()
                        .getResponseBody());
        assertThat(new Conformity(document).of(problem, document.at("/components/schemas/Problem")))
                .isEmpty();
    }
}
