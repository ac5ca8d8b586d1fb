package dev.sluice.frontend.websocket;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** A frontend that stops, with sockets open. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class WebSocketStopTest {

    private static final String LONG = "spring.lifecycle.timeout-per-shutdown-phase=2h";

    private static CompletableFuture<Void> stop(TestFrontend frontend) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        new Thread(() -> {
                    frontend.close();
                    stopped.complete(null);
                })
                .start();
        await().until(frontend.bean(FrontendDrain.class)::isDraining);
        return stopped;
    }

    @Test
    void servesOnForTheGraceAndThenSaysThatItGoes() throws Exception {
        TestFrontend frontend = TestFrontend.start("sluice.drain.grace=8s", LONG, TestFrontend.USUAL_END);
        try (RawSocket socket = RawSocket.open(frontend.port(), "/echo/stream")) {
            WebSocketCallsTest.assertServed(socket);
            CompletableFuture<Void> stopped = stop(frontend);
            WebSocketCallsTest.assertServed(socket);
            assertThat(socket.next().code()).isEqualTo(1001);
            assertThat(socket.ends()).isTrue();
            socket.leave();
            stopped.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void answersWhatItAcceptedRefusesWhatComesAndThenGoes() throws Exception {
        TestFrontend frontend =
                TestFrontend.start("sluice.drain.grace=0", "sluice.websocket.ping=1h", LONG, TestFrontend.USUAL_END);
        FakeGateway gateway = frontend.gateway();
        Sinks.Empty<Void> gate = Sinks.empty();
        gateway.actor(
                "gated", false, call -> Flux.defer(() -> gateway.answer("7")).delaySubscription(gate.asMono()));
        try (RawSocket socket = RawSocket.open(frontend.port(), "/gated/stream")) {
            socket.send("{\"id\": \"a\", \"input\": 1}");
            await().until(() -> gateway.calls().size() == 1);
            CompletableFuture<Void> stopped = stop(frontend);
            // Until it refuses, each is one more that is accepted.
            int accepted = 1;
            String code = "";
            while (code.isEmpty()) {
                int before = gateway.calls().size();
                socket.send("{\"id\": \"b-" + accepted + "\", \"input\": 1}");
                await().until(() -> gateway.calls().size() > before || socket.hasMore());
                if (gateway.calls().size() > before) {
                    accepted++;
                } else {
                    code = socket.json().path("code").asString();
                }
            }
            assertThat(code).isEqualTo("UNAVAILABLE");
            gate.tryEmitEmpty();
            for (int i = 0; i < accepted; i++) {
                assertThat(socket.json().path("result").asInt()).isEqualTo(7);
            }
            assertThat(socket.next().code()).isEqualTo(1001);
            socket.leave();
            stopped.get(60, TimeUnit.SECONDS);
        }
        gateway.assertReleased();
    }

    @Test
    void endsAStreamThatIsQuiet() throws Exception {
        TestFrontend frontend = TestFrontend.start(
                "sluice.drain.grace=0",
                "sluice.drain.stream-quiet=100ms",
                "sluice.drain.stream-limit=1h",
                LONG,
                TestFrontend.USUAL_END);
        assertEndsTheStream(frontend);
    }

    @Test
    void endsAnyStreamAtTheLimit() throws Exception {
        TestFrontend frontend = TestFrontend.start(
                "sluice.drain.grace=0",
                "sluice.drain.stream-quiet=1h",
                "sluice.drain.stream-limit=200ms",
                LONG,
                TestFrontend.USUAL_END);
        assertEndsTheStream(frontend);
    }

    private static void assertEndsTheStream(TestFrontend frontend) throws Exception {
        FakeGateway gateway = frontend.gateway();
        try (RawSocket socket = RawSocket.open(frontend.port(), "/stuck/stream")) {
            socket.send("{\"id\": \"a\", \"input\": 1}");
            assertThat(socket.text()).contains("\"item\": 1");
            CompletableFuture<Void> stopped = stop(frontend);
            assertThat(socket.json().path("code").asString()).isEqualTo("UNAVAILABLE");
            assertThat(socket.next().code()).isEqualTo(1001);
            socket.leave();
            stopped.get(60, TimeUnit.SECONDS);
        }
        gateway.assertReleased();
    }
}
