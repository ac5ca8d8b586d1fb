package dev.sluice.frontend.zmq;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Starts that are refused, and stops. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class ZmqStopTest {

    private static final String LONG = "spring.lifecycle.timeout-per-shutdown-phase=2h";

    // --- starts ---

    @Test
    void saysWhatToDoWhereThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> TestFrontend.start("sluice.frontend.zmq.port=" + taken.getLocalPort()))
                    .hasRootCauseInstanceOf(SettingRefused.class)
                    .rootCause()
                    .hasMessageContaining("The ZeroMQ port " + taken.getLocalPort() + " cannot be listened on")
                    .extracting(e -> ((SettingRefused) e).action())
                    .asString()
                    .contains("sluice.frontend.zmq.port", "sluice.frontend.zmq.enabled");
        }
    }

    @Test
    void listensBeyondLoopbackOnlyWithASecret() {
        assertThatThrownBy(() -> TestFrontend.start("sluice.frontend.zmq.address=0.0.0.0"))
                .hasRootCauseInstanceOf(SettingRefused.class)
                .rootCause()
                .hasMessageContaining("0.0.0.0")
                .extracting(e -> ((SettingRefused) e).action())
                .asString()
                .contains("sluice.frontend.zmq.address");
        try (TestFrontend wide = TestFrontend.start(
                "sluice.frontend.zmq.address=0.0.0.0", "sluice.cluster-secret=of all", "sluice.access.open=true")) {
            String endpoint = wide.bean(ZmqServer.class).endpoint();
            try (ZmqClient client = ZmqClient.dealer(endpoint.replace("0.0.0.0", "127.0.0.1"))) {
                client.assertServed();
            }
        }
    }

    @Test
    void listensNowhereWhereItIsTurnedOff() {
        try (TestFrontend off = TestFrontend.start("sluice.frontend.zmq.enabled=false")) {
            assertThat(off.beans(ZmqServer.class)).isEmpty();
        }
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatThrownBy(() -> TestFrontend.start("sluice.frontend.zmq.port=70000"))
                .hasStackTraceContaining("sluice.frontend.zmq");
    }

    // --- stops ---

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
    void servesOnForTheGrace() throws Exception {
        TestFrontend frontend = TestFrontend.start("sluice.drain.grace=8s", LONG, TestFrontend.USUAL_END);
        try (ZmqClient client = ZmqClient.dealer(frontend.bean(ZmqServer.class).endpoint())) {
            client.assertServed();
            CompletableFuture<Void> stopped = stop(frontend);
            client.assertServed();
            try (ZmqClient late =
                    ZmqClient.dealer(frontend.bean(ZmqServer.class).endpoint())) {
                late.assertServed();
            }
            stopped.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void afterTheGraceAnswersWhatItAcceptedAndRefusesWhatComes() throws Exception {
        TestFrontend frontend = TestFrontend.start("sluice.drain.grace=0", LONG, TestFrontend.USUAL_END);
        FakeGateway gateway = frontend.gateway();
        Sinks.Empty<Void> gate = Sinks.empty();
        gateway.actor(
                "gated", false, call -> Flux.defer(() -> gateway.answer("7")).delaySubscription(gate.asMono()));
        try (ZmqClient client = ZmqClient.dealer(frontend.bean(ZmqServer.class).endpoint())) {
            client.send("gated", "{\"id\": \"a\"}", "1");
            await().until(() -> gateway.calls().size() == 1);
            CompletableFuture<Void> stopped = stop(frontend);
            await().until(() -> {
                client.send("echo", "{}", "1");
                return client.receiveJson().path("code").asString("").equals("UNAVAILABLE");
            });
            assertThat(stopped).isNotDone();
            gate.tryEmitEmpty();
            assertThat(client.receive()).last().isEqualTo("7");
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
        FakeGateway gateway = frontend.gateway();
        try (ZmqClient client = ZmqClient.dealer(frontend.bean(ZmqServer.class).endpoint())) {
            client.send("stuck", "{}", "1");
            assertThat(client.receive()).last().isEqualTo("1");
            CompletableFuture<Void> stopped = stop(frontend);
            assertThat(client.receiveJson().path("code").asString()).isEqualTo("UNAVAILABLE");
            stopped.get(60, TimeUnit.SECONDS);
        }
        gateway.assertReleased();
    }

    @Test
    void endsAnyStreamAtTheLimit() throws Exception {
        TestFrontend frontend = TestFrontend.start(
                "sluice.drain.grace=0",
                "sluice.drain.stream-quiet=1h",
                "sluice.drain.stream-limit=200ms",
                LONG,
                TestFrontend.USUAL_END);
        try (ZmqClient client = ZmqClient.dealer(frontend.bean(ZmqServer.class).endpoint())) {
            client.send("stuck", "{}", "1");
            assertThat(client.receive()).last().isEqualTo("1");
            CompletableFuture<Void> stopped = stop(frontend);
            assertThat(client.receiveJson().path("code").asString()).isEqualTo("UNAVAILABLE");
            stopped.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void cancelsWhatDoesNotEndInTime() {
        TestFrontend frontend = TestFrontend.start(
                "sluice.drain.grace=0",
                "sluice.drain.stream-limit=0",
                "spring.lifecycle.timeout-per-shutdown-phase=1s",
                TestFrontend.USUAL_END);
        FakeGateway gateway = frontend.gateway();
        try (ZmqClient client = ZmqClient.dealer(frontend.bean(ZmqServer.class).endpoint())) {
            client.send("never", "{}", "1");
            await().until(() -> gateway.calls().size() == 1);
            frontend.close();
            await().until(() -> gateway.cancelledCalls() == 1);
        }
        gateway.assertReleased();
    }
}
