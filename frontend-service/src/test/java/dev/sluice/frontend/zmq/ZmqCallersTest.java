package dev.sluice.frontend.zmq;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.access.Credentials;
import dev.sluice.frontend.access.Rights;
import dev.sluice.frontend.access.Secret;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.QueryMetrics;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

/** What a stranger can do to a frontend that asks who calls, and to its callers. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class ZmqCallersTest {

    private static final int MOST_IN_FLIGHT = 20;
    private static final int LARGE = 300 * 1024;

    private static TestFrontend frontend;

    private final AtomicBoolean good = new AtomicBoolean(true);
    private final Caller caller = new Caller("one", "acme", Rights.ALL, good::get);
    private final Sinks.One<Caller> verified = Sinks.one();
    private FakeGateway gateway;
    private ZmqServer server;
    private String endpoint;

    /** A key that is known, a token that takes as long to verify as the test wants, and nothing else. */
    private final class FewCallers implements Callers {

        @Override
        public Caller known(Credentials credentials) {
            Secret secret = credentials.secret();
            if (secret == null || !List.of("key", "token").contains(secret.text())) {
                throw (secret == null ? NO_CREDENTIALS : UNKNOWN).toException();
            }
            return secret.text().equals("key") ? caller : null;
        }

        @Override
        public Mono<Caller> identify(Credentials credentials) {
            return verified.asMono();
        }
    }

    @BeforeAll
    static void startFrontend() {
        frontend = TestFrontend.start("sluice.frontend.zmq.max-in-flight=" + MOST_IN_FLIGHT);
    }

    @AfterAll
    static void stopFrontend() {
        frontend.close();
    }

    @BeforeEach
    void start() {
        gateway = frontend.gateway();
        gateway.forget();
        server = new ZmqServer(
                new Served(gateway, new FewCallers(), frontend.bean(QueryMetrics.class)),
                frontend.bean(ZmqSettings.class),
                InetAddress.getLoopbackAddress(),
                () -> frontend.bean(FrontendDrain.class));
        server.start();
        endpoint = server.endpoint();
    }

    @AfterEach
    void everythingIsReleased() {
        server.stop();
        gateway.assertReleased();
    }

    private static String json(String key, int length) {
        return "{\"actor\": \"echo\", \"id\": \"1\", \"input\": \"" + "x".repeat(length) + "\""
                + (key == null ? "" : ", \"key\": \"" + key + "\"") + "}";
    }

    // --- before it is known who sends a message ---

    @Test
    void clientsWhoseTokensAreVerifiedHaveNoMorePlacesThanOthers() {
        try (ZmqClient waiting = ZmqClient.dealer(endpoint);
                ZmqClient other = ZmqClient.dealer(endpoint)) {
            for (int i = 0; i < MOST_IN_FLIGHT; i++) {
                waiting.send("echo", "{\"key\": \"token\", \"id\": \"q-" + i + "\"}", "1");
            }
            waiting.send("echo", "{\"key\": \"token\", \"id\": \"over\"}", "1");
            JsonNode refused = waiting.receiveJson();
            assertThat(refused.path("id").asString()).isEqualTo("over");
            assertThat(refused.path("code").asString()).isEqualTo("OVERLOADED");
            assertThat(refused.path("message").asString()).contains("max-in-flight");
            other.send("echo", "{\"key\": \"key\"}", "2");
            assertThat(other.receive()).last().isEqualTo("2");

            verified.tryEmitValue(caller).orThrow();

            List<String> served = new ArrayList<>();
            for (int i = 0; i < MOST_IN_FLIGHT; i++) {
                served.add(waiting.receiveJson().path("id").asString());
            }
            assertThat(served)
                    .as("each has the place that it waited in")
                    .hasSize(MOST_IN_FLIGHT)
                    .doesNotHaveDuplicates();
            waiting.send("echo", "{\"key\": \"key\"}", "3");
            assertThat(waiting.receive()).as("all places are free again").last().isEqualTo("3");
        }
    }

    @Test
    void noLargeMessageOfAStrangerIsReadToLookForItsKey() {
        try (ZmqClient client = ZmqClient.dealer(endpoint)) {
            for (String key : new String[] {null, "key"}) {
                client.send(json(key, LARGE));
                JsonNode refused = client.receiveJson();
                assertThat(refused.path("code").asString()).isEqualTo("UNAUTHENTICATED");
                assertThat(refused.path("message").asString()).contains("three frames");
                assertThat(refused.has("id")).as("it was read").isFalse();
            }

            client.send(json("key", 1));
            assertThat(client.receiveJson().path("success").asBoolean()).isTrue();
            client.send(json("key", LARGE));
            assertThat(client.receiveJson().path("success").asBoolean()).isTrue();
            client.send(json(null, LARGE));
            assertThat(client.receiveJson().path("message").asString())
                    .as("each message needs a key all the same")
                    .isEqualTo(Callers.NO_CREDENTIALS.message());

            good.set(false);
            client.send(json("key", LARGE));
            assertThat(client.receiveJson().path("message").asString()).contains("three frames");
        }
    }

    @Test
    void aLargePayloadHasItsKeyBeforeIt() {
        try (ZmqClient client = ZmqClient.dealer(endpoint)) {
            String payload = "\"" + "x".repeat(LARGE) + "\"";
            client.send("echo", "{\"key\": \"key\"}", payload);
            assertThat(client.receive()).last().isEqualTo(payload);
        }
    }

    // --- under another's name ---

    private static ZmqClient named(String name) {
        ZmqClient client = ZmqClient.of(SocketType.DEALER);
        client.socket().setIdentity(name.getBytes(StandardCharsets.UTF_8));
        return client;
    }

    @Test
    void nobodyTakesThePlaceOfAClientByItsName() {
        Sinks.Many<String> results = Sinks.many().unicast().onBackpressureBuffer();
        gateway.actor("feed", true, call -> results.asFlux().concatMap(gateway::answer));
        try (ZmqClient client = named("by name").connect(endpoint);
                ZmqClient thief = named("by name")) {
            client.send("feed", "{\"key\": \"key\"}", "1");
            await().until(() -> gateway.calls().size() == 1);
            results.tryEmitNext("1").orThrow();
            assertThat(client.receive()).last().isEqualTo("1");

            thief.shakingHands().connect(endpoint).awaitHandshake();
            thief.send("echo", "{\"key\": \"key\"}", "\"of the thief\"");
            try (ZmqClient later = ZmqClient.dealer(endpoint)) {
                later.send("echo", "{\"key\": \"key\"}", "2");
                assertThat(later.receive()).last().isEqualTo("2");
            }

            results.tryEmitNext("3").orThrow();
            assertThat(client.receive()).last().isEqualTo("3");
            assertThat(gateway.cancelledCalls()).isZero();
            results.tryEmitComplete().orThrow();
            assertThat(client.receive()).last().isEqualTo("");
        }
    }

    @Test
    void aNameIsFreeAgainWhenItsClientIsGone() {
        try (ZmqClient first = named("again").connect(endpoint)) {
            first.send("never", "{\"key\": \"key\"}", "1");
            await().until(() -> gateway.calls().size() == 1);
        }
        await().until(() -> gateway.cancelledCalls() == 1);
        try (ZmqClient second = named("again").connect(endpoint)) {
            second.send("echo", "{\"key\": \"key\"}", "2");
            assertThat(second.receive()).last().isEqualTo("2");
        }
    }
}
