package dev.sluice.system.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.RouterPage;
import dev.sluice.system.observe.OtlpReceiver.Received;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the time of queries goes, over the three tiers: as a collector is told over OTLP, and as a frontend explains it. */
class TracesIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CALLER = "00f067aa0ba902b7";

    @TempDir
    private static Path folder;

    private static OtlpReceiver receiver;
    private static Site site;

    @BeforeAll
    static void start() throws IOException {
        receiver = OtlpReceiver.start();
        Path actors = Files.writeString(folder.resolve("actors.yaml"), """
                actors:
                  both:
                    pipeline:
                      steps:
                        first: {actor: vadder}
                        second: {actor: adder, input: $first}
                """);
        site = Site.start(
                "traces", Shape.FLEET, BuiltPrograms.of(Places.project(), Progress.NONE), spec -> spec(spec, actors));
        List.of("both", "vadder", "adder", "crowd").forEach(site::awaitPublished);
    }

    private static PlatformSpec spec(PlatformSpec bare, Path actors) {
        PlatformSpec spec = bare.count(Tier.HOST, 1)
                .property(Tier.ROUTER, "sluice.fleet.actors-file", actors.toString())
                .property(Tier.HOST, "logging.structured.format.console", "ecs");
        for (String actor : List.of("vadder", "adder", "crowd")) {
            spec = spec.property(Tier.HOST, "sluice.actors." + actor + ".replicas", "1");
        }
        for (Tier tier : Tier.values()) {
            spec = spec.property(
                            tier,
                            "management.opentelemetry.tracing.export.otlp.endpoint",
                            receiver.endpoint().toString())
                    // Only what a caller asks for: the other queries are to leave nothing.
                    .property(tier, "management.tracing.sampling.probability", "0");
        }
        return spec;
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
        receiver.close();
    }

    @Test
    void tellsOneTraceOverFrontendRouterBatchAndHost() throws Exception {
        String trace = traceId(1);
        assertThat(post("vadder", "{\"input\": 1, \"id\": \"traced-1\"}", trace, "01")
                        .body())
                .contains("\"result\": 2");
        Map<String, Received> spans = spans(trace, 4);

        Received frontend = spans.get("vadder/call");
        assertThat(frontend.service()).isEqualTo("sluice-frontend");
        assertThat(frontend.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(frontend.parent()).isEqualTo(CALLER);
        assertThat(frontend.attributes()).containsEntry("sluice.query.id", "traced-1");
        Received router = spans.get("route vadder/call");
        assertThat(router.service()).isEqualTo("sluice-router");
        assertThat(router.parent()).isEqualTo(frontend.id());
        assertThat(router.attributes()).containsKey("sluice.queue.micros");
        Received batch = spans.get("batch vadder/call");
        assertThat(batch.service()).isEqualTo("sluice-router");
        assertThat(batch.parent()).isEqualTo(router.id());
        assertThat(batch.links()).containsExactly(router.asLink());
        Received host = spans.get("run vadder/call");
        assertThat(host.service()).isEqualTo("sluice-host");
        assertThat(host.node()).isEqualTo(site.host(0).name());
        assertThat(host.parent()).isEqualTo(router.id());
        assertThat(host.attributes()).containsEntry("sluice.query.id", "traced-1");
        assertThat(spans.values()).noneMatch(Received::failed);
    }

    @Test
    void linksABatchToAllQueriesThatAreInIt() throws Exception {
        try (GateKeeper gate = GateKeeper.closed(site)) {
            CompletableFuture<HttpResponse<String>> running = send("crowd", "{\"input\": 0}", traceId(20), "00");
            List<CompletableFuture<HttpResponse<String>>> together = new ArrayList<>();
            await().atMost(Site.LONG).until(() -> crowd().free() == 0);
            for (int i = 1; i <= 3; i++) {
                together.add(send("crowd", "{\"input\": 0}", traceId(20 + i), "01"));
            }
            await().atMost(Site.LONG).until(() -> crowd().size() == 3);
            gate.open();
            assertThat(running.get().statusCode()).isEqualTo(200);
            for (CompletableFuture<HttpResponse<String>> reply : together) {
                assertThat(reply.get().body()).as("the size of the batch").contains("\"result\": 3");
            }
        }
        List<Received> routers = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            String trace = traceId(20 + i);
            await().atMost(Site.LONG)
                    .untilAsserted(() -> assertThat(receiver.trace(trace))
                            .extracting(Received::name)
                            .contains("crowd/call", "route crowd/call", "run crowd/call"));
            routers.add(spans(trace, 3).get("route crowd/call"));
        }
        await().atMost(Site.LONG).until(() -> !batches().isEmpty());
        assertThat(batches()).hasSize(1);
        Received batch = batches().get(0);
        assertThat(batch.links())
                .containsExactlyInAnyOrderElementsOf(
                        routers.stream().map(Received::asLink).toList());
        assertThat(batch.attributes()).containsEntry("sluice.batch.size", "3");
        assertThat(routers)
                .as("it is part of the trace of one of them")
                .anyMatch(router ->
                        router.traceId().equals(batch.traceId()) && router.id().equals(batch.parent()));
        assertThat(receiver.trace(traceId(20))).as("not recorded by its caller").isEmpty();
    }

    private static List<Received> batches() {
        return receiver.all().stream()
                .filter(span -> span.name().equals("batch crowd/call"))
                .toList();
    }

    @Test
    void nestsTheStepsOfAPipeline() throws Exception {
        String trace = traceId(30);
        assertThat(post("both", "{\"input\": 1}", trace, "01").body()).contains("\"result\": 4");
        Map<String, Received> spans = spans(trace, 8);

        Received frontend = spans.get("both/call");
        Received router = spans.get("route both/call");
        assertThat(frontend.parent()).isEqualTo(CALLER);
        assertThat(router.parent()).isEqualTo(frontend.id());
        for (String[] step : new String[][] {{"first", "vadder"}, {"second", "adder"}}) {
            Received asked = spans.get("step " + step[0]);
            assertThat(asked.service()).isEqualTo("sluice-router");
            assertThat(asked.parent()).isEqualTo(router.id());
            assertThat(asked.attributes()).containsEntry("sluice.actor", step[1]);
            assertThat(spans.get("batch " + step[1] + "/call").parent()).isEqualTo(asked.id());
            assertThat(spans.get("batch " + step[1] + "/call").links()).containsExactly(asked.asLink());
            assertThat(spans.get("run " + step[1] + "/call").parent()).isEqualTo(asked.id());
        }
    }

    @Test
    void saysOfAQueryThatFailedWhy() throws Exception {
        String trace = traceId(40);
        assertThat(post("vadder", "{\"input\": \"no number\"}", trace, "01").statusCode())
                .isEqualTo(400);
        Map<String, Received> spans = spans(trace, 4);
        for (String name : List.of("vadder/call", "route vadder/call", "run vadder/call")) {
            assertThat(spans.get(name).failed()).as(name).isTrue();
            assertThat(spans.get(name).attributes()).containsEntry("sluice.code", "INVALID_INPUT");
        }
    }

    @Test
    void explainsTheSameWithoutACollector() throws Exception {
        String trace = traceId(50);
        post("both", "{\"input\": 1, \"id\": \"explained\"}", trace, "00");
        JsonNode query = new Caller(site.frontend(0).url())
                .get("/actuator/queries/explained")
                .json();
        assertThat(query.path("traceId").asString()).isEqualTo(trace);
        assertThat(query.path("outcome").asString()).isEqualTo("answered");
        List<JsonNode> spans = query.path("spans").valueStream().toList();
        assertThat(spans)
                .extracting(span -> span.path("name").asString())
                .containsExactly(
                        "query",
                        "link",
                        "router",
                        "step first",
                        "queue",
                        "batch",
                        "wait",
                        "run",
                        "step second",
                        "queue",
                        "batch",
                        "wait",
                        "run");
        for (JsonNode span : spans.subList(1, spans.size())) {
            JsonNode parent = spans.get(span.path("parent").asInt());
            assertThat(start(span)).as("%s in %s", span, parent).isGreaterThanOrEqualTo(start(parent) - 0.002);
            assertThat(end(span)).as("%s in %s", span, parent).isLessThanOrEqualTo(end(parent) + 0.002);
        }
        assertThat(spans.get(7).path("node").asString()).isEqualTo(site.host(0).name());
        assertThat(receiver.trace(trace)).isEmpty();
    }

    @Test
    void logsAsJsonWhereThatIsSet() throws IOException {
        List<JsonNode> lines = Files.readAllLines(site.host(0).log()).stream()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(lines)
                .filteredOn(line -> line.path("message").asString("").startsWith("Linked with the router"))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.at("/log/level").asString()).isEqualTo("INFO");
                    assertThat(line.at("/service/name").asString()).isEqualTo("sluice-host");
                    assertThat(line.at("/service/node/name").asString())
                            .isEqualTo(site.host(0).name());
                });
    }

    /** Whatever a caller sends there: it is served as if it had sent nothing. */
    @Test
    void servesCallersWithATraceparentThatIsNone() throws Exception {
        for (String hostile : List.of("", "00-", "x".repeat(4_000), "00-" + "0".repeat(32) + "-" + CALLER + "-01")) {
            HttpResponse<String> reply = HTTP.send(
                    request("vadder", "{\"input\": 1}")
                            .header("traceparent", hostile)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(reply.statusCode()).as(hostile).isEqualTo(200);
        }
    }

    private static double start(JsonNode span) {
        return span.path("startMs").asDouble();
    }

    private static double end(JsonNode span) {
        return start(span) + span.path("durationMs").asDouble();
    }

    private static RouterPage.Queue crowd() {
        return site.routerPages().get(0).queue("crowd", "call");
    }

    /** Waits until so many have come, and no two of a name. */
    private static Map<String, Received> spans(String trace, int count) {
        await().atMost(Site.LONG)
                .untilAsserted(() -> assertThat(receiver.trace(trace)).hasSizeGreaterThanOrEqualTo(count));
        Map<String, Received> byName = new HashMap<>();
        for (Received span : receiver.trace(trace)) {
            assertThat(byName.put(span.name(), span))
                    .as("two of " + span.name())
                    .isNull();
        }
        return byName;
    }

    private static String traceId(int number) {
        return String.format("4bf92f3577b34da6a3ce929d%08x", number);
    }

    private static HttpResponse<String> post(String actor, String json, String trace, String flags) throws Exception {
        return send(actor, json, trace, flags).get();
    }

    private static CompletableFuture<HttpResponse<String>> send(String actor, String json, String trace, String flags) {
        return HTTP.sendAsync(
                request(actor, json)
                        .header("traceparent", "00-" + trace + "-" + CALLER + "-" + flags)
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String actor, String json) {
        URI url = site.frontend(0).url().resolve("/" + actor);
        return HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }
}
