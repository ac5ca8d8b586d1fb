package dev.sluice.frontend.config;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.link.Link;
import dev.sluice.common.membership.CatalogueContent;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.report.QueryReport;
import dev.sluice.common.report.QueryReport.Batched;
import dev.sluice.common.report.QueryReport.Ran;
import dev.sluice.common.testing.LinkServer;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.ResultFrame.Kind;
import dev.sluice.common.wire.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole frontend, with real links to a router that the test plays. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrontendStackTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static LinkServer router;
    private static ConfigurableApplicationContext frontend;
    private static Link link;

    @BeforeAll
    static void start() throws Exception {
        router = LinkServer.start();
        frontend = WholeFrontend.start(
                "sluice.node-id=frontend-7", "sluice.link.lease=2m", "sluice.routers=" + router.address());
        link = router.link();
    }

    @AfterAll
    static void stop() {
        frontend.close();
        router.close();
    }

    @Test
    @Order(1)
    void isAliveButNotReadyBeforeTheFirstCatalogue() throws Exception {
        assertThat(link.peer().role()).isEqualTo(Role.FRONTEND);
        assertThat(link.peer().nodeId()).isEqualTo("frontend-7");
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(post("/echo", "{\"input\": 1}").get().statusCode()).isEqualTo(503);
    }

    @Test
    @Order(2)
    void isReadyWithTheCatalogueAndSendsQueriesToTheRouter() throws Exception {
        link.send(new Frame.Catalogue(MembershipJson.write(new CatalogueContent(List.of(echo())))));
        while (get("/actuator/health/readiness").statusCode() != 200) {
            assertThat(frontend.isActive()).isTrue();
        }
        CompletableFuture<HttpResponse<String>> response = post("/echo", "{\"input\": [1, 2], \"slo_ms\": 50000}");
        QueryFrame query = router.next(QueryFrame.class);
        assertThat(query.actor()).isEqualTo("echo");
        assertThat(query.body().toString(StandardCharsets.UTF_8)).isEqualTo("[1, 2]");
        answer(query, "[3]");
        HttpResponse<String> answered = response.get();
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(answered.body()).contains("\"result\"").contains("[3]");
    }

    @Test
    @Order(3)
    void showsItsLedgerToPrometheus() throws Exception {
        // The caller may have its answer before it is counted.
        await().untilAsserted(() -> assertThat(get("/actuator/prometheus").body())
                .containsPattern(
                        "sluice_queries_total\\{actor=\"echo\",code=\"ok\",method=\"call\",node=\"frontend-7\",outcome=\"answered\","
                                + "protocol=\"http\",tier=\"frontend\",version=\"4\"\\} 1\\.0")
                .containsPattern("sluice_queries_accepted_total\\{node=\"frontend-7\"\\} 1\\.0")
                .containsPattern("sluice_link_inflight\\{node=\"frontend-7\"\\} 0\\.0")
                .containsPattern("sluice_link_routers\\{node=\"frontend-7\"\\} 1\\.0")
                .doesNotContain("outcome=\"refused\""));
    }

    @Test
    @Order(4)
    void showsItsBuild() throws Exception {
        String info = get("/actuator/info").body();
        assertThat(info).contains("\"artifact\":\"sluice-frontend-service\"").contains("\"version\"");
    }

    @Test
    @Order(5)
    void tellsTheRouterWhatTheCallerAsksFor() throws Exception {
        CompletableFuture<HttpResponse<String>> enveloped =
                post("/echo", "{\"input\": 1, \"slo_ms\": 50000, \"priority\": 2}", "Sluice-Tenant", "acme");
        QueryFrame query = router.next(QueryFrame.class);
        assertThat(query.budgetNanos())
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofSeconds(50).toNanos());
        assertThat(query.priority()).isEqualTo(2);
        assertThat(query.meta().tenant()).isEqualTo("acme");
        answer(query, "1");
        assertThat(enveloped.get().statusCode()).isEqualTo(200);

        CompletableFuture<HttpResponse<String>> bare = HTTP.sendAsync(
                request("/echo")
                        .header("Content-Type", "text/plain")
                        .header("Sluice-Slo-Ms", "40000")
                        .header("Sluice-Priority", "9")
                        .header("Sluice-Tenant", "umbrella")
                        .POST(BodyPublishers.ofString("1"))
                        .build(),
                BodyHandlers.ofString());
        QueryFrame other = router.next(QueryFrame.class);
        assertThat(other.budgetNanos())
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofSeconds(40).toNanos());
        assertThat(other.priority()).isEqualTo(9);
        assertThat(other.meta().tenant()).isEqualTo("umbrella");
        answer(other, "1");
        assertThat(bare.get().statusCode()).isEqualTo(200);
    }

    @Test
    @Order(7)
    void explainsWhereTheTimeOfAQueryWent() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        CompletableFuture<HttpResponse<String>> response = post(
                "/echo", "{\"input\": 1, \"id\": \"mine/7\"}", "traceparent", "00-" + trace + "-00f067aa0ba902b7-00");
        QueryFrame query = router.next(QueryFrame.class);
        assertThat(query.meta().headers()).containsEntry("traceparent", "00-" + trace + "-00f067aa0ba902b7-00");
        QueryReport report = new QueryReport(
                "5", 3_000_000, 1_000_000, 1, new Batched(2, 1, "echo-0", "host", 2_000_000, new Ran(0, 1_500_000)));
        link.send(new Frame.Report(query.exchange(), report.encode()));
        answer(query, "1");
        assertThat(response.get().statusCode()).isEqualTo(200);

        await().until(() -> listed().path("last").path(0).path("id").asString().equals("mine/7"));
        JsonNode lists = listed();
        JsonNode newest = lists.path("last").path(0);
        assertThat(newest.path("id").asString()).isEqualTo("mine/7");
        assertThat(newest.path("traceId").asString()).isEqualTo(trace);
        assertThat(newest.path("version").asString()).isEqualTo("5");
        assertThat(newest.path("outcome").asString()).isEqualTo("answered");
        assertThat(newest.path("code").asString()).isEqualTo("OK");
        assertThat(newest.path("message").isNull()).isTrue();
        assertThat(newest.has("spans")).isFalse();
        assertThat(lists.path("last").size()).isEqualTo(2);
        assertThat(lists.path("slowest").size()).isEqualTo(2);
        assertThat(JSON.readTree(get("/actuator/queries?actor=other").body())
                        .path("last")
                        .size())
                .isZero();

        JsonNode one = JSON.readTree(get("/actuator/queries/mine%2F7").body());
        assertThat(one.path("totalMs").asDouble()).isPositive();
        assertThat(one.path("spans").valueStream().map(span -> span.path("name").asString()))
                .containsExactly("query", "link", "router", "queue", "batch", "wait", "run");
        assertThat(one.path("spans").path(0).path("node").asString()).isEqualTo("frontend-7");
        assertThat(one.path("spans").path(4).path("attributes").path("position").asInt())
                .isEqualTo(1);
        assertThat(get("/actuator/queries/unknown").statusCode()).isEqualTo(404);
        for (String path : List.of("/actuator/queries", "/actuator/queries/mine%2F7")) {
            HttpRequest ofAnotherSite =
                    request(path).header("Origin", "http://elsewhere.example").build();
            assertThat(HTTP.send(ofAnotherSite, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
    }

    private static JsonNode listed() throws Exception {
        return JSON.readTree(get("/actuator/queries?actor=echo&limit=2").body());
    }

    /** However long the queue of its router is predicted to take, in whole seconds as HTTP has it. */
    @ParameterizedTest
    @Order(6)
    @CsvSource({
        "UNMEETABLE, 2300, 503, 3",
        "OVERLOADED, 12001, 503, 13",
        "QUOTA, 700, 429, 1",
        "UNMEETABLE, 4000, 503, 4"
    })
    void tellsTheCallerWhenToTryAgain(ErrorCode code, long drainMillis, int status, String seconds) throws Exception {
        CompletableFuture<HttpResponse<String>> response = post("/echo", "{\"input\": 1, \"slo_ms\": 50000}");
        QueryFrame query = router.next(QueryFrame.class);
        query.release();
        link.send(new Frame.Failed(query.exchange(), code.number(), drainMillis, "later"));
        assertThat(response.get().statusCode()).isEqualTo(status);
        assertThat(response.get().headers().firstValue("Retry-After")).contains(seconds);
    }

    private static ActorDescriptor echo() {
        return new ActorDescriptor(
                "echo",
                "4",
                false,
                1_000,
                "fifo",
                "",
                List.of(new MethodDescriptor("call", false, 1, 0, false, "JsonNode", "JsonNode")));
    }

    private static void answer(QueryFrame query, String json) {
        ByteBuf body = Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
        query.release();
        link.send(new ResultFrame(query.exchange(), Kind.ONLY, "application/json", body));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    private static CompletableFuture<HttpResponse<String>> post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return HTTP.sendAsync(
                (headers.length == 0 ? request : request.headers(headers))
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        String port = frontend.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }
}
