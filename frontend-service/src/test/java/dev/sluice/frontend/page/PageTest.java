package dev.sluice.frontend.page;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.TestFrontend;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page as a frontend serves it, which no router is linked with. */
class PageTest {

    private static TestFrontend frontend;
    private static WebTestClient http;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start();
        http = client(frontend);
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    private static WebTestClient client(TestFrontend of) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + of.port())
                .responseTimeout(Duration.ofSeconds(60))
                .build();
    }

    /** What comes is read whole: what is not read is never released. */
    private static EntityExchangeResult<byte[]> get(String path, String... headers) {
        return get(http, path, headers);
    }

    private static EntityExchangeResult<byte[]> get(WebTestClient of, String path, String... headers) {
        WebTestClient.RequestHeadersSpec<?> request = of.get().uri(path);
        for (int i = 0; i < headers.length; i += 2) {
            request = request.header(headers[i], headers[i + 1]);
        }
        return request.exchange().expectBody().returnResult();
    }

    private static int status(String path, String... headers) {
        return get(path, headers).getStatus().value();
    }

    private static String body(EntityExchangeResult<byte[]> of) {
        return new String(Objects.requireNonNull(of.getResponseBody()), StandardCharsets.UTF_8);
    }

    @Test
    void isAtUiAndLetsNothingFromElsewhereIntoIt() {
        EntityExchangeResult<byte[]> redirect = get("/ui");
        assertThat(redirect.getStatus().value()).isEqualTo(307);
        assertThat(redirect.getResponseHeaders().getLocation()).hasToString("/ui/");
        EntityExchangeResult<byte[]> page = get("/ui/");
        assertThat(page.getStatus().value()).isEqualTo(200);
        assertThat(page.getResponseHeaders().getContentType()).hasToString("text/html;charset=UTF-8");
        assertThat(page.getResponseHeaders().getFirst("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .contains("script-src 'self'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        assertThat(page.getResponseHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(body(page)).contains("js/main.js").doesNotContain("://");
    }

    @ParameterizedTest
    @CsvSource({
        "/ui/js/main.js, text/javascript",
        "/ui/css/tokens.css, text/css",
        "/ui/icon.svg, image/svg+xml",
    })
    void servesItsFiles(String path, String type) {
        EntityExchangeResult<byte[]> file = get(path);
        assertThat(file.getStatus().value()).isEqualTo(200);
        assertThat(file.getResponseHeaders().getContentType())
                .matches(MediaType.parseMediaType(type)::isCompatibleWith);
        assertThat(file.getResponseHeaders().containsHeader("Content-Security-Policy"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/ui/nothing.js", "/ui/js/", "/ui/../application.yaml", "/ui/%2e%2e/application.yaml", "/ui/api/nothing"
    })
    void servesNothingElse(String path) {
        assertThat(status(path)).isEqualTo(404);
    }

    @Test
    void tellsOfTheMoment() {
        EntityExchangeResult<byte[]> now = get("/ui/api/now");
        assertThat(now.getResponseHeaders().getCacheControl()).isEqualTo("no-store");
        JsonNode moment = JsonMapper.shared().readTree(body(now));
        assertThat(moment.at("/frontend/node").asString()).isEqualTo("frontend");
        assertThat(moment.at("/frontend/ready").asBoolean()).isTrue();
        assertThat(moment.at("/routers")).isEmpty();
    }

    @Test
    void streamsOneMomentAfterTheOther() {
        List<String> lines = http.get()
                .uri("/ui/api/stream")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
                .returnResult(String.class)
                .getResponseBody()
                .take(3)
                .collectList()
                .block();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("{\"atMillis\"");
        assertThat(lines.get(1)).isEqualTo("[]");
        assertThat(lines.get(2)).startsWith("{\"atMillis\"").isNotEqualTo(lines.get(0));
    }

    @Test
    void hasNoRoomForMoreWatchersThanMayWatch() {
        int places = 3;
        // One that nobody watches yet: who has left gives a place back a little later.
        try (TestFrontend small = TestFrontend.start("sluice.ui.max-watchers=" + places)) {
            WebTestClient of = client(small);
            List<Disposable> all = new ArrayList<>();
            for (int i = 0; i < places; i++) {
                all.add(of.get()
                        .uri("/ui/api/stream")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .returnResult(String.class)
                        .getResponseBody()
                        .subscribe());
            }
            EntityExchangeResult<byte[]> refused = get(of, "/ui/api/stream");
            assertThat(refused.getStatus().value()).isEqualTo(503);
            assertThat(refused.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                    .isEqualTo("5");
            assertThat(body(refused)).contains("sluice.ui.max-watchers");
            all.forEach(Disposable::dispose);
            await().untilAsserted(() ->
                    assertThat(get(of, "/ui/api/now").getStatus().value()).isEqualTo(200));
        }
    }

    @ParameterizedTest
    @CsvSource({"Origin, http://elsewhere.example", "Sec-Fetch-Site, cross-site", "Host, elsewhere.example:8080"})
    void tellsOtherSitesNothing(String header, String value) {
        assertThat(status("/ui/api/now", header, value)).isEqualTo(403);
        assertThat(status("/ui/api/stream", header, value)).isEqualTo(403);
        assertThat(status("/ui/api/queries", header, value)).isEqualTo(403);
        assertThat(status("/ui/api/queries/17", header, value)).isEqualTo(403);
        assertThat(status("/ui/viewer", header, value)).isEqualTo(403);
    }

    @Test
    void isReadByItself() {
        String self = "127.0.0.1:" + frontend.port();
        assertThat(status("/ui/api/now", "Origin", "http://" + self, "Sec-Fetch-Site", "same-origin"))
                .isEqualTo(200);
    }

    @Test
    void knowsNothingOfAQueryWhereNothingIsRecorded() {
        assertThat(status("/ui/api/queries/17")).isEqualTo(204);
        for (String path : List.of("/ui/api/queries", "/ui/api/queries?actor=vadder")) {
            EntityExchangeResult<byte[]> lists = get(path);
            assertThat(lists.getResponseHeaders().getCacheControl()).isEqualTo("no-store");
            JsonNode told = JsonMapper.shared().readTree(body(lists));
            assertThat(told.path("last").isArray()).isTrue();
            assertThat(told.path("last")).isEmpty();
            assertThat(told.path("slowest").isArray()).isTrue();
            assertThat(told.path("slowest")).isEmpty();
        }
    }

    @Test
    void showsAllToEverybodyWhereNobodyIsAskedForAKey() {
        assertThat(body(get("/ui/viewer"))).isEqualTo("{\"operator\":true}");
    }

    @Test
    void endsItsStreamsWhenTheFrontendStops() {
        TestFrontend other = TestFrontend.start(
                "sluice.drain.grace=0", "spring.lifecycle.timeout-per-shutdown-phase=2h", TestFrontend.USUAL_END);
        var stream = client(other)
                .get()
                .uri("/ui/api/stream")
                .exchange()
                .returnResult(String.class)
                .getResponseBody()
                .collectList()
                .toFuture();
        other.close();
        assertThat(stream).succeedsWithin(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sluice.ui.enabled=false",
                "sluice.cluster-secret=s3cret server.address=0.0.0.0 sluice.access.open=true"
            })
    void isNotThereWhereItIsOffOrMoreThanThisMachineMayAsk(String settings) {
        try (TestFrontend without = TestFrontend.start(settings.split(" "))) {
            WebTestClient of = client(without);
            for (String path : List.of(
                    "/ui",
                    "/ui/",
                    "/ui/js/main.js",
                    "/ui/viewer",
                    "/ui/api/now",
                    "/ui/api/stream",
                    "/ui/api/queries")) {
                assertThat(get(of, path).getStatus().value()).isEqualTo(404);
            }
        }
    }

    @Test
    void isThereForAllWhereSomebodySaysSo() {
        try (TestFrontend wide = TestFrontend.start(
                "sluice.cluster-secret=s3cret",
                "server.address=0.0.0.0",
                "sluice.access.open=true",
                "sluice.ui.enabled=true",
                "sluice.ui.hosts=sluice.example")) {
            WebTestClient of = client(wide);
            assertThat(get(of, "/ui/api/now").getStatus().value()).isEqualTo(200);
            assertThat(get(of, "/ui/api/now", "Host", "sluice.example")
                            .getStatus()
                            .value())
                    .isEqualTo(200);
            EntityExchangeResult<byte[]> rebound = get(of, "/ui/api/now", "Host", "elsewhere.example");
            assertThat(rebound.getStatus().value()).isEqualTo(403);
            assertThat(body(rebound)).contains("sluice.ui.hosts");
        }
    }
}
