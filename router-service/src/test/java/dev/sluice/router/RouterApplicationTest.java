package dev.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.link.Link;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.Role;
import dev.sluice.router.testing.Http2Greeting;
import dev.sluice.router.testing.LinkedPeer;
import dev.sluice.router.testing.RunningRouter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The application as it is started, with a host and a frontend linked to it over real connections. */
class RouterApplicationTest {

    private static RunningRouter router;
    private static LinkedPeer frontend;
    private static WebTestClient http;

    @BeforeAll
    static void start() throws InterruptedException {
        router = new RunningRouter();
        http = router.http();
        http.get()
                .uri("/actuator/health/liveness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Void.class);
        router.link(Role.HOST);
        frontend = router.link(Role.FRONTEND);
        assertThat(frontend.awaitActor("echo").actors()).hasSize(1);
        assertThat(ask(1, "first")).isEqualTo("first");
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    private static String ask(long exchange, String body) throws InterruptedException {
        Link link = frontend.link();
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer();
        new Meta("text/plain", "id-" + exchange, "").encode(data);
        int metaLength = data.readableBytes();
        data.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        link.send(new QueryFrame(exchange, Duration.ofSeconds(30).toNanos(), 0, "echo", "call", "", metaLength, data));
        ResultFrame result = frontend.next(ResultFrame.class);
        assertThat(result.exchange()).isEqualTo(exchange);
        assertThat(result.mediaType()).isEqualTo("text/plain");
        String text = result.body().toString(StandardCharsets.UTF_8);
        result.release();
        return text;
    }

    @Test
    void answersAQueryOfAFrontendByAHost() throws InterruptedException {
        assertThat(ask(2, "hello")).isEqualTo("hello");
        String large = "large ".repeat(100_000);
        assertThat(ask(3, large)).isEqualTo(large);
        assertThat(ask(4, "")).isEmpty();
    }

    /** As Java's own client does unless told otherwise. */
    @Test
    void takesAWriteWhoseCallerOffersToGoOnInHttp2() throws IOException, InterruptedException {
        HttpRequest write = HttpRequest.newBuilder(router.uri("/control/v1/actors/echo/scale"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"replicas\": \"many\"}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(write, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("replicas", "many");
    }

    @Test
    void takesLargePayloadsWithoutStalls() throws IOException {
        Http2Greeting greeting = Http2Greeting.of(router.uri("/"));
        assertThat(greeting.settings())
                .containsEntry(Http2Greeting.INITIAL_WINDOW_SIZE, 8L * 1024 * 1024)
                .containsEntry(Http2Greeting.MAX_FRAME_SIZE, 128L * 1024);
        assertThat(greeting.connectionWindow()).isGreaterThanOrEqualTo(8L * 1024 * 1024);
    }

    @Test
    void isReadyOnceTheCatalogueIsComplete() {
        http.get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("UP")
                .jsonPath("$.components.catalogue.status")
                .isEqualTo("UP");
    }

    @Test
    void showsActors() {
        http.get()
                .uri("/actuator/actors")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        [{"name": "echo", "version": "3", "idempotent": true, "scheduler": "fifo", "sloMillis": 1000,
                          "replicas": 1, "waiting": 0, "hosts": ["test-HOST"], "methods": [{"name": "call", "maxBatchSize": 16}]}]
                        """);
    }

    @Test
    void showsReplicas() {
        http.get()
                .uri("/actuator/replicas")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        [{"actor": "echo", "version": "3", "host": "test-HOST", "replica": "echo-0", "state": "ready",
                          "reason": ""}]
                        """);
    }

    @Test
    void showsQueues() {
        http.get()
                .uri("/actuator/queues")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        [{"actor": "echo", "version": "3", "method": "call", "size": 0, "bytes": 0}]
                        """);
    }

    @Test
    void showsWhatTheSchedulerOfAnActorHasLearnt() {
        http.get()
                .uri("/actuator/queues/echo")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        [{"actor": "echo", "version": "3", "scheduler": "fifo", "learnt": {"queues": [], "tenants": []}}]
                        """);
        http.get().uri("/actuator/queues/nobody").exchange().expectBody().json("[]");
    }

    @Test
    void saysWhatItIs() {
        http.get()
                .uri("/actuator/info")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.build.artifact")
                .isEqualTo("sluice-router-service")
                .jsonPath("$.build.version")
                .isNotEmpty()
                .jsonPath("$.java.version")
                .isNotEmpty();
    }

    @Test
    void exposesItsMetersToPrometheus() {
        String node = "node=\"router-under-test\"";
        String of = "actor=\"echo\",method=\"call\"," + node + ",";
        String scrape = Mono.fromSupplier(this::scrape)
                .subscribeOn(Schedulers.boundedElastic())
                // Gauges of what changes are brought up to date once a second.
                .filter(text -> text.contains("sluice_replicas{"))
                .repeatWhenEmpty(600, empty -> empty.delayElements(Duration.ofMillis(100)))
                .block();
        assertThat(scrape)
                .contains("sluice_queries_total{actor=\"echo\",code=\"ok\",method=\"call\"," + node
                        + ",outcome=\"answered\",tier=\"router\",version=\"3\"}")
                .contains("sluice_query_duration_seconds_bucket{" + of)
                .contains("sluice_queue_wait_seconds_bucket{" + of)
                .contains("sluice_queue_size{" + of + "version=\"3\"}")
                .contains("sluice_batch_size_bucket{" + of)
                .contains("sluice_batch_duration_seconds_bucket{" + of)
                .contains("sluice_batch_predicted_error_bucket{" + of)
                .contains("sluice_replicas{actor=\"echo\"," + node + ",state=\"ready\",version=\"3\"} 1.0")
                .contains("sluice_link_inflight{" + node + "} 0.0");
    }

    private String scrape() {
        String text = http.get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return text == null ? "" : text;
    }

    /** Its libraries are there for those who share a store. */
    @Test
    void knowsNothingOfRedisUnlessItIsToldTo() {
        ConfigurableApplicationContext context = router.context();
        assertThat(context.getBeanDefinitionNames())
                .extracting(name -> String.valueOf(context.getType(name)))
                .noneMatch(type -> type.contains(".redis.")
                        || type.contains(".springframework.data.")
                        || type.contains(".boot.data.")
                        || type.contains(".transaction.")
                        || type.contains(".dao."));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("lettuce"));
    }

    @Test
    void hidesWhatIsNobodysBusiness() {
        for (String endpoint : List.of("env", "beans", "heapdump", "threaddump")) {
            http.get()
                    .uri("/actuator/" + endpoint)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody(Void.class);
        }
    }
}
