package dev.sluice.frontend.http;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.RawHttp.Response;
import dev.sluice.frontend.query.FakeGateway;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** A frontend that stops. Limits that must not be what ends it are hours long. */
@ExtendWith(LeakGuard.class)
@Timeout(180)
class DrainTest {

    private static final byte[] ONE = "{\"input\": 1}".getBytes(StandardCharsets.UTF_8);

    private TestFrontend frontend;
    private FakeGateway gateway;
    private FrontendDrain drain;

    private void start(String... settings) {
        boolean limited = String.join(" ", settings).contains("stream-limit");
        frontend = TestFrontend.start(Stream.concat(
                        Stream.of(
                                "spring.lifecycle.timeout-per-shutdown-phase=2h",
                                TestFrontend.USUAL_END,
                                limited ? "sluice.drain.grace=0" : "sluice.drain.stream-limit=1h"),
                        Stream.of(settings))
                .toArray(String[]::new));
        gateway = frontend.gateway();
        drain = frontend.bean(FrontendDrain.class);
    }

    private CompletableFuture<Void> stop() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        new Thread(() -> {
                    frontend.close();
                    stopped.complete(null);
                })
                .start();
        await().until(drain::isDraining);
        return stopped;
    }

    @AfterEach
    void everythingIsReleased() {
        frontend.close();
        gateway.assertReleased();
    }

    @Test
    void servesOnForTheGraceButIsNotReadyAndTellsConnectionsToClose() throws Exception {
        start("sluice.drain.grace=8s");
        try (RawHttp kept = frontend.connect();
                RawHttp probe = frontend.connect()) {
            assertThat(kept.post("/vadder", ONE).header("Connection")).isEmpty();
            CompletableFuture<Void> stopped = stop();
            Response readiness = probe.request("GET", "/actuator/health/readiness");
            assertThat(readiness.status()).isEqualTo(503);
            assertThat(readiness.header("Connection")).isEqualTo("close");
            assertThat(probe.isClosedByServer()).isTrue();
            Response last = kept.post("/vadder", ONE);
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.header("Connection")).isEqualTo("close");
            assertThat(kept.isClosedByServer()).isTrue();
            stopped.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void endsWhatItAccepted() throws Exception {
        start("sluice.drain.grace=0");
        try (RawHttp caller = frontend.connect()) {
            caller.sendPost("/late", ONE);
            await().until(() -> gateway.calls().size() == 1);
            CompletableFuture<Void> stopped = stop();
            Response response = caller.read();
            assertThat(response.body()).endsWith("\"result\": \"late\"}");
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(caller.isClosedByServer()).isTrue();
            stopped.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void endsWhatItAcceptedOverHttp2() throws Exception {
        start("sluice.drain.grace=0");
        CompletableFuture<String> answer = HttpClient.create(ConnectionProvider.create("test", 1))
                .protocol(HttpProtocol.H2C)
                .headers(headers -> headers.set("Content-Type", "application/json"))
                .post()
                .uri("http://127.0.0.1:" + frontend.port() + "/late")
                .send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(ONE)))
                .responseSingle((response, body) -> body.asString())
                .toFuture();
        await().until(() -> gateway.calls().size() == 1);
        CompletableFuture<Void> stopped = stop();
        assertThat(answer.get(60, TimeUnit.SECONDS)).endsWith("\"result\": \"late\"}");
        stopped.get(60, TimeUnit.SECONDS);
    }

    @Test
    void endsIdleStreamsWithALastEvent() throws Exception {
        start();
        try (RawHttp idle = frontend.connect();
                RawHttp unused = frontend.connect()) {
            idle.sendPost("/stuck", ONE, "Accept: text/event-stream");
            assertThat(idle.readHead().status()).isEqualTo(200);
            assertThat(idle.readChunk()).isEqualTo("data: 1\n\n");
            CompletableFuture<Void> stopped = stop();
            assertThat(idle.readChunk())
                    .startsWith("event: error\ndata: {")
                    .contains("\"code\":\"UNAVAILABLE\"", "stopping");
            assertThat(idle.readChunk()).isEmpty();
            assertThat(idle.isClosedByServer()).isTrue();
            assertThat(unused.isClosedByServer()).isTrue();
            stopped.get(60, TimeUnit.SECONDS);
            assertThat(gateway.cancelledCalls()).isEqualTo(1);
        }
    }

    @Test
    void endsAStreamThatBeganAfterTheStopAndFellQuiet() throws Exception {
        start();
        Sinks.One<String> first = Sinks.one();
        gateway.actor(
                "waking",
                true,
                call -> first.asMono().flatMapMany(gateway::answer).concatWith(Flux.never()));
        try (RawHttp caller = frontend.connect()) {
            caller.sendPost("/waking", ONE, "Accept: text/event-stream");
            await().until(() -> gateway.calls().size() == 1);
            CompletableFuture<Void> stopped = stop();
            first.tryEmitValue("1").orThrow();
            caller.readHead();
            assertThat(caller.readChunk()).isEqualTo("data: 1\n\n");
            assertThat(caller.readChunk()).startsWith("event: error").contains("stopping");
            stopped.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void endsBusyStreamsAtTheirLimitOnly() throws Exception {
        start("sluice.drain.stream-limit=4s", "sluice.drain.stream-quiet=3s");
        gateway.actor(
                "clock",
                true,
                call -> reactor.core.publisher.Flux.interval(java.time.Duration.ofMillis(10))
                        .onBackpressureDrop()
                        .concatMap(tick -> gateway.answer(Long.toString(tick))));
        try (RawHttp busy = frontend.connect()) {
            busy.sendPost("/clock", ONE, "Accept: text/event-stream");
            busy.readHead();
            busy.readChunk();
            CompletableFuture<Void> stopped = stop();
            int events = 0;
            String event = busy.readChunk();
            while (event.startsWith("data: ")) {
                events++;
                event = busy.readChunk();
            }
            assertThat(events).isGreaterThan(2);
            assertThat(event).startsWith("event: error");
            stopped.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void runsAListenerOnceWhenTheStopBegins() throws Exception {
        start();
        java.util.concurrent.atomic.AtomicInteger runs = new java.util.concurrent.atomic.AtomicInteger();
        drain.onDrain(runs::incrementAndGet);
        drain.onDrain(runs::incrementAndGet).dispose();
        assertThat(runs).hasValue(0);
        stop().get(60, TimeUnit.SECONDS);
        assertThat(runs).hasValue(1);
        drain.onDrain(runs::incrementAndGet);
        assertThat(runs).hasValue(2);
    }
}
