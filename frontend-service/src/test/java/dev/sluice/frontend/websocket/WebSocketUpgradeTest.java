package dev.sluice.frontend.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp;
import dev.sluice.frontend.http.RawHttp.Response;
import dev.sluice.frontend.http.TestFrontend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before there is a socket is a problem, as everywhere over HTTP. */
@ExtendWith(LeakGuard.class)
@Timeout(60)
class WebSocketUpgradeTest {

    private static TestFrontend frontend;
    private RawHttp http;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start("sluice.websocket.allowed-origins=https://example.org");
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
    void close() {
        http.close();
    }

    private Response upgrade(String path, String... more) {
        List<String> headers = new ArrayList<>(List.of("Connection: Upgrade", "Upgrade: websocket"));
        headers.addAll(List.of(more));
        return http.request("GET", path, headers.toArray(String[]::new));
    }

    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String VERSION = "Sec-WebSocket-Version: 13";

    @ParameterizedTest
    @CsvSource({
        "/vader/stream, Did you mean vadder?",
        "/vadder/nothing/stream, has no method nothing",
        "/nobody/call/stream, There is no actor nobody"
    })
    void knowsNoSuchActorOrMethod(String path, String detail) {
        Response response = upgrade(path, KEY, VERSION);
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.body()).contains(detail, "\"code\":\"NOT_FOUND\"", "\"success\":false");
        assertThat(http.request("GET", "/").status()).isEqualTo(200);
    }

    @Test
    void saysThatAPlainGetNeedsAnUpgrade() {
        Response response = http.request("GET", "/vadder/stream");
        assertThat(response.status()).isEqualTo(426);
        assertThat(response.header("Upgrade")).isEqualTo("websocket");
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.body()).contains("\"title\":\"Upgrade required\"", "over HTTP/1.1");
    }

    @Test
    void saysWhichVersionItSpeaks() {
        Response response = upgrade("/vadder/stream", KEY, "Sec-WebSocket-Version: 8");
        assertThat(response.status()).isEqualTo(426);
        assertThat(response.header("Sec-WebSocket-Version")).isEqualTo("13");
    }

    @Test
    void refusesABrokenHandshake() {
        assertThat(upgrade("/vadder/stream", VERSION).status()).isEqualTo(400);
        assertThat(upgrade("/vad%zzer/stream", KEY, VERSION).status()).isEqualTo(400);
    }

    @Test
    void isUnavailableUntilItKnowsTheActors() {
        frontend.gateway().ready(false);
        Response response = upgrade("/vadder/stream", KEY, VERSION);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://localhost.evil.example"})
    void refusesPagesOfElsewhere(String origin) {
        Response response = upgrade("/vadder/stream", KEY, VERSION, "Origin: " + origin);
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("sluice.websocket.allowed-origins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "https://example.org"})
    void takesItsOwnPagesAndThoseThatAreAllowed(String origin) {
        try (RawSocket socket = RawSocket.open(frontend.port(), "/echo/stream", "Origin: " + origin)) {
            WebSocketCallsTest.assertServed(socket);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream", "/a/b/c/stream", "//stream", "/a//stream", "/v2/stream"})
    void leavesOtherPathsToOthers(String path) {
        assertThat(http.request("GET", path).status()).isEqualTo(404);
    }

    @Test
    void leavesAMethodNamedStreamToPost() {
        Response response = http.post("/vadder/stream", "{\"input\": 1}");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).contains("has no method stream");
    }
}
