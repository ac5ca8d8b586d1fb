package dev.sluice.frontend.http;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.query.FakeGateway;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** HTTP/2 without TLS, with prior knowledge. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class Http2Test {

    private static final byte[] ONE = "{\"input\": 1}".getBytes(StandardCharsets.UTF_8);

    private static TestFrontend frontend;
    private FakeGateway gateway;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start();
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    @BeforeEach
    void forget() {
        gateway = frontend.gateway();
        gateway.forget();
    }

    @AfterEach
    void everythingIsReleased() {
        gateway.assertReleased();
    }

    @Test
    void speaksHttp2WithoutTls() {
        HttpClient client = http2();
        assertThat(post(client, "/vadder").block())
                .isEqualTo("200 {\"success\": true, \"actor\": \"vadder\", \"result\": 2}");
        List<String> many = Flux.range(0, 500)
                .flatMap(i -> post(client, "/elsewhere"), 50)
                .collectList()
                .block();
        assertThat(many)
                .hasSize(500)
                .allMatch(answer -> answer.startsWith("200 ") && answer.endsWith("\"result\": 1}"));
        assertThat(post(client, "/nobody").block()).startsWith("404 {\"type\":\"urn:sluice:problem:not-found\"");
    }

    @Test
    void answersACallThatOffersToGoOnInHttp2() throws Exception {
        java.net.http.HttpClient usual = java.net.http.HttpClient.newHttpClient();
        HttpRequest call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + frontend.port() + "/vadder"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(ONE))
                .build();
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = usual.send(call, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode() + " " + answer.body())
                    .isEqualTo("200 {\"success\": true, \"actor\": \"vadder\", \"result\": 2}");
        }
    }

    @Test
    void refusesALargeBodyOnOneStreamOfHttp2Only() {
        gateway.maxPayloadBytes(1_000);
        HttpClient client = http2();
        Mono<String> large = client.headers(headers -> headers.set("Content-Type", "text/plain"))
                .post()
                .uri("/echo")
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(new byte[40_000])))
                .responseSingle((response, body) ->
                        body.asString().map(text -> response.status().code() + " " + text));
        assertThat(large.block()).startsWith("413 {");
        assertThat(post(client, "/vadder").block()).startsWith("200 ");
    }

    @Test
    void cancelsTheQueryOfAnHttp2StreamThatIsReset() {
        HttpClient client = http2();
        Disposable query = post(client, "/never").subscribe();
        await().until(() -> gateway.calls().size() == 1);
        query.dispose();
        await().until(() -> gateway.cancelledCalls() == 1);
        assertThat(post(client, "/vadder").block()).startsWith("200 ");
    }

    @Test
    void endsTheConnectionOfACallerThatResetsTooOften() {
        HttpClient good = http2();
        assertThat(post(good, "/vadder").block()).startsWith("200 ");
        try (RapidResets attacker = RapidResets.connect(frontend.port())) {
            assertThat(attacker.resetUntilRefused(5_000)).isLessThan(5_000);
        }
        assertThat(post(good, "/vadder").block()).startsWith("200 ");
        try (RawHttp http = frontend.connect()) {
            assertThat(http.post("/vadder", ONE).status()).isEqualTo(200);
        }
        await().until(() -> gateway.cancelledCalls()
                == gateway.calls().stream()
                        .filter(seen -> seen.call().actor().equals("never"))
                        .count());
    }

    private static HttpClient http2() {
        return HttpClient.create(ConnectionProvider.create("test", 1))
                .protocol(HttpProtocol.H2C)
                .host("127.0.0.1")
                .port(frontend.port());
    }

    private static Mono<String> post(HttpClient client, String path) {
        return client.headers(headers -> headers.set("Content-Type", "application/json"))
                .post()
                .uri(path)
                .send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(ONE)))
                .responseSingle((response, body) ->
                        body.asString().map(text -> response.status().code() + " " + text));
    }
}
