package dev.sluice.frontend.websocket;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.RawHttp;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** What a socket may not do, and how it ends then. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class WebSocketLimitsTest {

    private TestFrontend frontend;
    private FakeGateway gateway;

    private void start(String... settings) {
        frontend = TestFrontend.start(settings);
        gateway = frontend.gateway();
    }

    @AfterEach
    void everythingIsReleased() {
        gateway.assertReleased();
        frontend.close();
    }

    private RawSocket open(String path) {
        return RawSocket.open(frontend.port(), path);
    }

    @Test
    void endsASocketOfAFrameThatIsTooLarge() {
        start("sluice.websocket.max-message=1KB");
        try (RawSocket socket = open("/echo/stream")) {
            socket.send("{\"id\": \"a\", \"input\": \"" + "x".repeat(2_000) + "\"}");
            assertThat(socket.next().code()).isEqualTo(1009);
            assertThat(socket.ends()).isTrue();
        }
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void endsASocketOfFramesThatAddUpToTooMuch() {
        start("sluice.websocket.max-message=1KB");
        try (RawSocket socket = open("/never/stream")) {
            socket.send("{\"id\": \"a\", \"input\": 1}");
            await().until(() -> gateway.calls().size() == 1);
            socket.send(RawSocket.TEXT, false, new byte[600]);
            socket.send(RawSocket.CONTINUATION, false, new byte[600]);
            assertThat(socket.next().code()).isEqualTo(1009);
            assertThat(socket.ends()).isTrue();
            await().until(() -> gateway.cancelledCalls() == 1);
        }
    }

    @Test
    void refusesAPayloadOverTheLimitWithASentence() {
        start();
        gateway.maxPayloadBytes(10);
        try (RawSocket socket = open("/echo/stream")) {
            JsonNode reply =
                    socket.send("{\"id\": \"a\", \"input\": \"0123456789\"}").json();
            assertThat(reply.path("code").asString()).isEqualTo("TOO_LARGE");
            WebSocketCallsTest.assertServed(socket);
        }
    }

    @Test
    void refusesWhatItHasNoRoomFor() {
        start();
        gateway.maxRetainedBytes(5_000);
        try (RawSocket socket = open("/echo/stream")) {
            String large = "{\"id\": \"a\", \"input\": \"" + "x".repeat(6_000) + "\"}";
            assertThat(socket.send(large).json().path("code").asString()).isEqualTo("OVERLOADED");
            socket.send(RawSocket.BINARY, false, new byte[6_000]);
            socket.send(RawSocket.CONTINUATION, true, new byte[6_000]);
            assertThat(RawSocket.header(socket.next()).path("code").asString()).isEqualTo("OVERLOADED");
            WebSocketCallsTest.assertServed(socket);
        }
    }

    @Test
    void refusesMoreQueriesThanASocketMayHaveInFlight() {
        start("sluice.websocket.max-in-flight=2");
        try (RawSocket socket = open("/never/stream")) {
            socket.send("{\"id\": \"a\", \"input\": 1}").send("{\"id\": \"b\", \"input\": 1}");
            JsonNode reply = socket.send("{\"id\": \"c\", \"input\": 1}").json();
            assertThat(reply.path("id").asString()).isEqualTo("c");
            assertThat(reply.path("code").asString()).isEqualTo("OVERLOADED");
            try (RawSocket other = open("/echo/stream")) {
                WebSocketCallsTest.assertServed(other);
            }
        }
        await().until(() -> gateway.cancelledCalls() == 2);
    }

    /** Each result is large, so that the connection's own buffers hold few of them. */
    @Test
    void holdsAStreamBackWhileItsReaderIsSlow() {
        start("sluice.websocket.max-unsent=64MB");
        byte[] large = new byte[1024 * 1024];
        AtomicLong made = new AtomicLong();
        gateway.actor(
                "large",
                true,
                call -> Flux.range(1, 200).concatMap(i -> {
                    made.incrementAndGet();
                    return gateway.answer(large, "a/b");
                }));
        try (RawSocket slow = RawSocket.openSlow(frontend.port(), "/large/stream")) {
            slow.sendBinary("{\"id\": \"a\"}", new byte[] {'1'});
            await().until(() -> made.get() >= SocketQuery.WINDOW);
            try (RawSocket other = open("/echo/stream")) {
                WebSocketCallsTest.assertServed(other);
            }
            assertThat(made.get()).isLessThan(100);
            for (int i = 0; i < 200; i++) {
                assertThat(RawSocket.body(slow.next())).hasSize(large.length);
            }
            assertThat(RawSocket.header(slow.next()).path("done").asBoolean()).isTrue();
        }
    }

    @Test
    void endsASocketWhoseReaderLeavesTooMuch() {
        start("sluice.websocket.max-unsent=4MB", "sluice.websocket.ping=1h");
        byte[] large = new byte[1024 * 1024];
        gateway.actor("large", false, call -> call.priority() == 1 ? Flux.never() : gateway.answer(large, "a/b"));
        try (RawSocket deaf = RawSocket.openSlow(frontend.port(), "/large/stream")) {
            // It is cancelled when the socket has ended: what that is still sent is passed over.
            deaf.send("{\"id\": \"waits\", \"priority\": 1, \"input\": 1}");
            int asked = 1;
            for (; asked < 100 && gateway.cancelledCalls() == 0; asked++) {
                deaf.sendBinary("{\"id\": \"q-" + asked + "\"}", new byte[] {'1'});
                int calls = asked + 1;
                await().until(() -> gateway.calls().size() == calls || gateway.cancelledCalls() == 1);
            }
            RawSocket.Frame last = deaf.next();
            int read = 0;
            for (; last.opcode() == RawSocket.BINARY; read++) {
                last = deaf.next();
            }
            assertThat(read).isLessThan(asked);
            assertThat(last.code()).isEqualTo(1008);
        }
        try (RawSocket other = open("/echo/stream")) {
            WebSocketCallsTest.assertServed(other);
        }
    }

    @Test
    void endsASocketOfAClientThatAnswersNoPing() {
        start("sluice.websocket.ping=500ms");
        try (RawSocket silent = open("/never/stream").answersNoPings()) {
            silent.send("{\"id\": \"a\", \"input\": 1}");
            assertThat(silent.any().opcode()).isEqualTo(RawSocket.PING);
            await().until(() -> gateway.cancelledCalls() == 1);
        }
    }

    @Test
    void keepsASocketOfAClientThatAnswersPings() {
        start("sluice.websocket.ping=1s", "sluice.http.idle-timeout=1s");
        try (RawSocket socket = open("/echo/stream")) {
            for (int i = 0; i < 3; i++) {
                RawSocket.Frame ping = socket.any();
                assertThat(ping.opcode()).isEqualTo(RawSocket.PING);
                socket.send(RawSocket.PONG, true, ping.payload());
            }
            WebSocketCallsTest.assertServed(socket);
        }
    }

    @Test
    void endsAnIdleSocket() {
        start("sluice.websocket.ping=1s", "sluice.websocket.idle-timeout=1s");
        try (RawSocket idle = open("/echo/stream")) {
            WebSocketCallsTest.assertServed(idle);
            assertThat(idle.next().code()).isEqualTo(1000);
            assertThat(idle.ends()).isTrue();
        }
    }

    @Test
    void endsNoSocketWithAQueryInFlight() {
        start("sluice.websocket.ping=1s", "sluice.websocket.idle-timeout=1s");
        try (RawSocket busy = open("/never/stream")) {
            busy.send("{\"id\": \"a\", \"input\": 1}");
            for (int i = 0; i < 3; i++) {
                RawSocket.Frame ping = busy.any();
                assertThat(ping.opcode()).isEqualTo(RawSocket.PING);
                busy.send(RawSocket.PONG, true, ping.payload());
            }
            assertThat(gateway.cancelledCalls()).isZero();
        }
        await().until(() -> gateway.cancelledCalls() == 1);
    }

    @Test
    void endsASocketWhoseFramesAreNone() {
        start();
        try (RawSocket socket = open("/never/stream")) {
            socket.send("{\"id\": \"a\", \"input\": 1}");
            await().until(() -> gateway.calls().size() == 1);
            // A reserved opcode.
            socket.send(0x0B, true, new byte[1]);
            await().until(() -> gateway.cancelledCalls() == 1);
        }
        try (RawHttp http = frontend.connect()) {
            assertThat(http.request("GET", "/").status()).isEqualTo(200);
        }
    }
}
