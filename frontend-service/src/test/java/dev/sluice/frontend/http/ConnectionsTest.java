package dev.sluice.frontend.http;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.frontend.http.RawHttp.Response;
import dev.sluice.frontend.query.FakeGateway;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** What connections live through, with limits shorter than what the queries on them take. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class ConnectionsTest {

    private static final byte[] ONE = "{\"input\": 1}".getBytes(StandardCharsets.UTF_8);

    private static TestFrontend frontend;
    private FakeGateway gateway;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start(
                "sluice.http.idle-timeout=1s", "sluice.http.body-timeout=1s", "sluice.http.stream-heartbeat=200ms");
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
    void closesAnIdleConnection() {
        try (RawHttp http = frontend.connect()) {
            assertThat(http.post("/vadder", ONE).status()).isEqualTo(200);
            assertThat(http.isClosedByServer()).isTrue();
        }
        try (RawHttp http = frontend.connect()) {
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void neverCutsALiveQuery() {
        try (RawHttp http = frontend.connect()) {
            assertThat(http.post("/late", ONE).body()).endsWith("\"result\": \"late\"}");
            assertThat(http.post("/late", ONE).body()).endsWith("\"result\": \"late\"}");
        }
    }

    @Test
    void neverCutsALiveQueryOfHttp2() {
        assertThat(post(http2(), "/late").block())
                .isEqualTo("200 {\"success\": true, \"actor\": \"late\", \"result\": \"late\"}");
    }

    @Test
    void keepsAQuietStreamOpenWithComments() {
        try (RawHttp http = frontend.connect()) {
            http.sendPost("/stuck", ONE, "Accept: text/event-stream");
            http.readHead();
            assertThat(http.readChunk()).isEqualTo("data: 1\n\n");
            for (int i = 0; i < 5; i++) {
                assertThat(http.readChunk()).isEqualTo(":\n\n");
            }
        }
        await().until(() -> gateway.cancelledCalls() == 1);
    }

    @Test
    void refusesABodyThatStandsStill() {
        try (RawHttp http = frontend.connect()) {
            http.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{\"input\"");
            Response response = http.read();
            assertThat(response.status()).isEqualTo(408);
            assertThat(response.body()).contains("stopped arriving").endsWith("\"success\":false}");
            assertThat(http.isClosedByServer()).isTrue();
        }
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void refusesABodyThatComesByNextToNothing() {
        try (RawHttp http = frontend.connect()) {
            http.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{\"input\": \"");
            Response response = http.trickle(Duration.ofMillis(50), 2_000).read();
            assertThat(response.status()).isEqualTo(408);
        }
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void closesAConnectionWhoseHeadNeverEnds() {
        try (RawHttp http = frontend.connect()) {
            http.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
            assertThat(http.trickle(Duration.ofMillis(50), 2_000).isClosedByServer())
                    .isTrue();
        }
    }

    @Test
    void closesAConnectionWhoseCallerDoesNotTakeItsAnswers() {
        byte[] large = ("{\"input\": \"" + "x".repeat(4_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        Gauge open = frontend.bean(MeterRegistry.class)
                .get("sluice.connections.open")
                .tag("protocol", "http")
                .gauge();
        await().until(() -> open.value() == 0);
        try (RawHttp http = frontend.connect()) {
            await().until(() -> open.value() == 1);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 50; i++) {
                            http.sendPost("/echo", large);
                        }
                    })
                    .hasCauseInstanceOf(SocketException.class);
            await().until(() -> open.value() == 0);
        }
    }

    @Test
    void answersWhatIsNotHttpInTheSameShape() {
        for (String request : List.of(
                "POST /vadder HTTP/9.9.9\r\n\r\n",
                "POST /vadder HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
                "POST /vadder HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST /vadder HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
            try (RawHttp http = frontend.connect()) {
                Response response = http.send(request).read();
                assertThat(response.status()).as(request).isEqualTo(400);
                assertThat(response.body()).contains("INVALID_INPUT").endsWith("\"success\":false}");
                assertThat(http.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void neverTakesABodyThatBrokeForAWholeOne() {
        try (RawHttp http = frontend.connect()) {
            http.send(
                    "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "5\r\nhello\r\nzz\r\n");
            assertThat(http.read().status()).isEqualTo(400);
            assertThat(http.isClosedByServer()).isTrue();
        }
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void answersTooMuchHeadInTheSameShape() {
        try (RawHttp http = frontend.connect()) {
            Response response = http.send("POST /vadder HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n")
                    .read();
            assertThat(response.status()).isEqualTo(431);
            assertThat(response.body())
                    .contains("\"title\":\"Request headers too large\"")
                    .endsWith("\"success\":false}");
        }
        try (RawHttp http = frontend.connect()) {
            Response response = http.send("POST /" + "x".repeat(20_000) + " HTTP/1.1\r\n\r\n")
                    .read();
            assertThat(response.status()).isEqualTo(414);
            assertThat(response.body()).endsWith("\"success\":false}");
        }
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
