package dev.sluice.frontend.websocket;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(LeakGuard.class)
@Timeout(120)
class WebSocketCallsTest {

    private static TestFrontend frontend;
    private FakeGateway gateway;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start("logging.level.dev.sluice.frontend.message=off");
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

    private static RawSocket open(String path, String... headers) {
        return RawSocket.open(frontend.port(), path, headers);
    }

    // --- calls ---

    @Test
    void answersManyQueriesOnOneSocketEachByItsId() {
        try (RawSocket socket = open("/vadder/stream")) {
            assertThat(socket.send(
                                    "{\"id\": \"q-1\", \"input\": 10, \"slo_ms\": 12.5, \"priority\": 3, \"version\": \"2\"}")
                            .text())
                    .isEqualTo("{\"id\": \"q-1\", \"success\": true, \"result\": 11}");
            assertThat(socket.send("{\"id\": \"q-2\", \"input\": 11}").text())
                    .isEqualTo("{\"id\": \"q-2\", \"success\": true, \"result\": 12}");
        }
        QueryCall call = gateway.calls().get(0).call();
        assertThat(call.actor()).isEqualTo("vadder");
        assertThat(call.method()).isEqualTo("call");
        assertThat(call.id()).isEqualTo("q-1");
        assertThat(call.budgetNanos()).isEqualTo(12_500_000);
        assertThat(call.priority()).isEqualTo(3);
        assertThat(call.version()).isEqualTo("2");
        assertThat(call.mediaType()).isEqualTo("application/json");
        assertThat(call.protocol()).isEqualTo(Protocol.WEBSOCKET);
        assertThat(call.tenant()).isEmpty();
        assertThat(gateway.calls().get(1).call().budgetNanos()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"/echo/stream, call", "/echo/other/stream, other", "/%65cho/%6fther/stream?x=/y, other"})
    void findsActorAndMethodInThePath(String path, String method) {
        try (RawSocket socket = open(path, "Sluice-Tenant: acme")) {
            socket.send("{\"id\": \"a\", \"input\": [1, \"é\"] }");
            assertThat(socket.text()).isEqualTo("{\"id\": \"a\", \"success\": true, \"result\": [1, \"é\"]}");
        }
        assertThat(gateway.calls().get(0).call().method()).isEqualTo(method);
        assertThat(gateway.calls().get(0).call().tenant()).isEqualTo("acme");
    }

    @Test
    void keepsManyInFlightAndAnswersAsTheyAreReady() {
        gateway.actor(
                "mixed",
                false,
                call -> call.priority() == 1
                        ? gateway.answer("\"quick\"")
                        : gateway.answer("\"slow\"").delaySubscription(java.time.Duration.ofMillis(300)));
        try (RawSocket socket = open("/mixed/stream")) {
            for (int i = 0; i < 100; i++) {
                socket.send("{\"id\": \"q-" + i + "\", \"input\": 1, \"priority\": " + (i % 2 + 1) + "}");
            }
            Map<String, String> results = new HashMap<>();
            for (int i = 0; i < 100; i++) {
                JsonNode reply = socket.json();
                results.put(reply.path("id").asString(), reply.path("result").asString());
            }
            for (int i = 0; i < 100; i++) {
                assertThat(results.get("q-" + i)).isEqualTo(i % 2 == 0 ? "quick" : "slow");
            }
        }
    }

    @Test
    void putsAResultThatIsNotJsonIntoTextWithItsMediaType() {
        try (RawSocket socket = open("/picture/stream")) {
            assertThat(socket.send("{\"id\": \"a\", \"input\": 1}").text())
                    .isEqualTo(
                            "{\"id\": \"a\", \"success\": true, \"result\": \"iVBORwA=\", \"media_type\": \"image/png\"}");
        }
    }

    @Test
    void readsAMessageInSeveralFramesWithAPingBetween() {
        byte[] message = "{\"id\": \"a\", \"input\": \"abc\"}".getBytes(StandardCharsets.UTF_8);
        try (RawSocket socket = open("/echo/stream")) {
            socket.send(RawSocket.TEXT, false, Arrays.copyOfRange(message, 0, 5));
            socket.send(RawSocket.CONTINUATION, false, Arrays.copyOfRange(message, 5, 14));
            socket.send(RawSocket.PING, true, new byte[] {7});
            socket.send(RawSocket.CONTINUATION, true, Arrays.copyOfRange(message, 14, message.length));
            assertThat(socket.next()).satisfies(pong -> {
                assertThat(pong.opcode()).isEqualTo(RawSocket.PONG);
                assertThat(pong.payload()).containsExactly(7);
            });
            assertThat(socket.text()).isEqualTo("{\"id\": \"a\", \"success\": true, \"result\": \"abc\"}");
        }
    }

    @Test
    void readsALargeMessage() {
        String input = "\"" + "x".repeat(900_000) + "\"";
        try (RawSocket socket = open("/echo/stream")) {
            assertThat(socket.send("{\"id\": \"a\", \"input\": " + input + "}").text())
                    .isEqualTo("{\"id\": \"a\", \"success\": true, \"result\": " + input + "}");
        }
    }

    // --- binary ---

    @Test
    void answersABinaryMessageWithBytes() {
        byte[] bytes = {0, 1, 2, (byte) 255};
        try (RawSocket socket = open("/echo/stream")) {
            socket.sendBinary("{\"id\": \"a\", \"media_type\": \"image/png\", \"slo_ms\": 100}", bytes);
            RawSocket.Frame reply = socket.next();
            assertThat(RawSocket.header(reply).toString())
                    .isEqualTo("{\"id\":\"a\",\"success\":true,\"media_type\":\"image/png\"}");
            assertThat(RawSocket.body(reply)).isEqualTo(bytes);
        }
        assertThat(gateway.calls().get(0).call().mediaType()).isEqualTo("image/png");
        assertThat(gateway.calls().get(0).call().budgetNanos()).isEqualTo(100_000_000);
    }

    @Test
    void streamsToABinaryMessageInBytes() {
        try (RawSocket socket = open("/ticks/stream")) {
            socket.sendBinary("{\"id\": \"a\"}", new byte[] {'2'});
            RawSocket.Frame first = socket.next();
            assertThat(RawSocket.header(first).path("item").asBoolean()).isTrue();
            assertThat(RawSocket.body(first)).containsExactly('1');
            assertThat(RawSocket.body(socket.next())).containsExactly('2');
            assertThat(RawSocket.header(socket.next()).path("done").asBoolean()).isTrue();
        }
    }

    @Test
    void refusesABinaryMessageWithoutAHeader() {
        try (RawSocket socket = open("/echo/stream")) {
            for (byte[] bad :
                    new byte[][] {{}, {0, 0, 0}, {0, 0, 0, 9, '{'}, {-1, -1, -1, -1}, {0, 0, 0, 2, '[', ']'}}) {
                JsonNode header = RawSocket.header(
                        socket.send(RawSocket.BINARY, true, bad).next());
                assertThat(header.path("code").asString()).isEqualTo("INVALID_INPUT");
                assertThat(header.path("success").asBoolean(true)).isFalse();
            }
            assertServed(socket);
        }
    }

    // --- streams ---

    @Test
    void givesEachResultOfAStreamAndItsEnd() {
        try (RawSocket socket = open("/ticks/stream")) {
            socket.send("{\"id\": \"s\", \"input\": 100}");
            for (int i = 1; i <= 100; i++) {
                assertThat(socket.text()).isEqualTo("{\"id\": \"s\", \"item\": " + i + "}");
            }
            assertThat(socket.text()).isEqualTo("{\"id\": \"s\", \"success\": true, \"done\": true}");
        }
    }

    @Test
    void endsAStreamThatFailsWithTheFailure() {
        try (RawSocket socket = open("/spoilt/stream")) {
            socket.send("{\"id\": \"s\", \"input\": 1}");
            assertThat(socket.text()).isEqualTo("{\"id\": \"s\", \"item\": 1}");
            JsonNode last = socket.json();
            assertThat(last.path("success").asBoolean(true)).isFalse();
            assertThat(last.path("code").asString()).isEqualTo("LOST");
            assertThat(last.path("id").asString()).isEqualTo("s");
        }
    }

    // --- cancels ---

    @Test
    void cancelsOneQueryByItsIdAndSaysSo() {
        try (RawSocket socket = open("/stuck/stream")) {
            socket.send("{\"id\": \"a\", \"input\": 1}").send("{\"id\": \"b\", \"input\": 1}");
            socket.text();
            socket.text();
            socket.send("{\"id\": \"a\", \"cancel\": true}");
            JsonNode reply = socket.json();
            assertThat(reply.path("id").asString()).isEqualTo("a");
            assertThat(reply.path("code").asString()).isEqualTo("CANCELLED");
            assertThat(gateway.cancelledCalls()).isEqualTo(1);
            socket.send("{\"id\": \"a\", \"cancel\": true}");
            assertThat(socket.json().path("code").asString()).isEqualTo("NOT_FOUND");
        }
        await().until(() -> gateway.cancelledCalls() == 2);
    }

    @Test
    void cancelsAllQueriesOfASocketThatCloses() {
        try (RawSocket socket = open("/never/stream")) {
            socket.send("{\"id\": \"a\", \"input\": 1}").send("{\"id\": \"b\", \"input\": 1}");
            await().until(() -> gateway.calls().size() == 2);
            socket.send(RawSocket.CLOSE, true, new byte[] {3, (byte) 0xE8});
            assertThat(socket.next().code()).isEqualTo(1000);
            await().until(() -> gateway.cancelledCalls() == 2);
        }
    }

    @Test
    void cancelsAllQueriesOfASocketThatIsLost() {
        try (RawSocket socket = open("/never/stream")) {
            socket.send("{\"id\": \"a\", \"input\": 1}");
            await().until(() -> gateway.calls().size() == 1);
        }
        await().until(() -> gateway.cancelledCalls() == 1);
    }

    // --- errors ---

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void repliesWithEveryOutcome(ErrorCode code) {
        try (RawSocket socket = open("/failing/stream")) {
            JsonNode reply =
                    socket.send("{\"id\": \"a\", \"input\": \"" + code + "\"}").json();
            assertThat(reply.path("id").asString()).isEqualTo("a");
            assertThat(reply.path("success").asBoolean(true)).isFalse();
            assertThat(reply.path("code").asString()).isEqualTo(code.name());
            assertThat(reply.path("message").asString()).isEqualTo("It is planned.");
            assertThat(reply.path("retryable").asBoolean()).isEqualTo(code.retryable());
            assertThat(reply.path("retry_after_ms").asInt()).isEqualTo(1_001);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "thrower", "empty"})
    void repliesWhereThisFrontendFails(String actor) {
        try (RawSocket socket = open("/" + actor + "/stream")) {
            assertThat(socket.send("{\"id\": \"a\", \"input\": 1}")
                            .json()
                            .path("code")
                            .asString())
                    .isEqualTo("FAILED");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | not valid JSON",
                "7 | must be a JSON object",
                "{\"input\": 1} | id is missing",
                "{\"id\": \"a\"} | input is missing",
                "{\"id\": 7, \"input\": 1} | id must be a string",
                "{\"id\": \"a b\", \"input\": 1} | printable ASCII",
                "{\"id\": \"a\", \"input\": 1, \"actor\": \"x\"} | not known",
                "{\"id\": \"a\", \"input\": 1, \"slo_ms\": 0} | greater than 0",
                "{\"id\": \"a\", \"input\": 1} x | not valid JSON",
                "{\"id\": \"a\", \"input\": [} | not valid JSON",
                "{\"cancel\": true} | id is missing",
            })
    void refusesAMessageThatIsNoneAndGoesOn(String message, String sentence) {
        try (RawSocket socket = open("/echo/stream")) {
            JsonNode reply = socket.send(message).json();
            assertThat(reply.path("code").asString()).isEqualTo("INVALID_INPUT");
            assertThat(reply.path("message").asString()).contains(sentence);
            assertServed(socket);
        }
    }

    @Test
    void refusesAnIdThatIsInFlight() {
        try (RawSocket socket = open("/never/stream")) {
            socket.send("{\"id\": \"a\", \"input\": 1}").send("{\"id\": \"a\", \"input\": 1}");
            assertThat(socket.json().path("message").asString()).contains("id a in flight");
        }
        await().until(() -> gateway.cancelledCalls() == 1);
    }

    static void assertServed(RawSocket socket) {
        assertThat(socket.send("{\"id\": \"served\", \"input\": 1}").text())
                .isEqualTo("{\"id\": \"served\", \"success\": true, \"result\": 1}");
    }
}
