package dev.sluice.frontend.zmq;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import tools.jackson.databind.JsonNode;

/** Clients that leave, cancel, ask for too much or do not read. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class ZmqClientsTest {

    private static final int MOST_IN_FLIGHT = 20;

    private static TestFrontend frontend;
    private static String endpoint;
    private FakeGateway gateway;
    private ZmqClient dealer;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start(
                "sluice.frontend.zmq.max-in-flight=" + MOST_IN_FLIGHT,
                "sluice.frontend.zmq.max-collected=4MB",
                "sluice.frontend.zmq.max-unsent=8MB");
        endpoint = frontend.bean(ZmqServer.class).endpoint();
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    @BeforeEach
    void connect() {
        gateway = frontend.gateway();
        gateway.forget();
        dealer = ZmqClient.dealer(endpoint);
    }

    @AfterEach
    void everythingIsReleased() {
        dealer.close();
        gateway.assertReleased();
    }

    // --- leaving ---

    @Test
    void cancelsTheQueriesOfAClientThatLeaves() {
        dealer.send("never", "{}", "1").send("never", "{}", "2").send("stuck", "{}", "3");
        assertThat(dealer.receive()).last().isEqualTo("1");
        await().until(() -> gateway.calls().size() == 3);
        dealer.close();
        await().until(() -> gateway.cancelledCalls() == 3);
    }

    @Test
    void cancelsNothingOfTheOthersWhenOneLeaves() {
        try (ZmqClient other = ZmqClient.dealer(endpoint)) {
            other.send("never", "{}", "1");
            await().until(() -> gateway.calls().size() == 1);
        }
        await().until(() -> gateway.cancelledCalls() == 1);
        dealer.send("late", "{}", "1");
        assertThat(dealer.receive()).last().isEqualTo("\"late\"");
    }

    /** It speaks the protocol up to its query by hand, and then answers no PING any more. */
    @Test
    void cancelsTheQueriesOfAClientThatIsSilent() throws Exception {
        try (TestFrontend wary = TestFrontend.start(
                "sluice.frontend.zmq.heartbeat=200ms", "sluice.frontend.zmq.heartbeat-timeout=400ms")) {
            URI address = URI.create(wary.bean(ZmqServer.class).endpoint());
            try (Socket silent = new Socket(address.getHost(), address.getPort())) {
                RawZmtp.shakeHands(silent);
                silent.getOutputStream().write(RawZmtp.message("never", "{}", "1"));
                await().until(() -> wary.gateway().calls().size() == 1);
                await().until(() -> wary.gateway().cancelledCalls() == 1);
            }
            wary.gateway().assertReleased();
        }
    }

    @Test
    void forgetsAMessageThatBreaksOff() throws Exception {
        URI address = URI.create(endpoint);
        try (Socket rude = new Socket(address.getHost(), address.getPort())) {
            RawZmtp.shakeHands(rude);
            byte[] message = RawZmtp.message("never", "{}", "x".repeat(200));
            rude.getOutputStream().write(message, 0, message.length - 100);
        }
        dealer.assertServed();
        assertThat(gateway.calls()).hasSize(1);
    }

    @Test
    void servesAClientThatComesBackUnderItsName() {
        try (ZmqClient first = ZmqClient.of(SocketType.DEALER)) {
            first.socket().setIdentity("by name".getBytes(StandardCharsets.UTF_8));
            first.connect(endpoint).assertServed();
            try (ZmqClient second = ZmqClient.of(SocketType.DEALER)) {
                second.socket().setIdentity("by name".getBytes(StandardCharsets.UTF_8));
                second.connect(endpoint).assertServed();
            }
        }
    }

    @Test
    void cancelsWhatWasUnderWayWhenItComesBackUnderItsName() {
        try (ZmqClient first = ZmqClient.of(SocketType.DEALER)) {
            first.socket().setIdentity("again".getBytes(StandardCharsets.UTF_8));
            first.connect(endpoint).send("never", "{\"id\": \"a\"}", "1");
            await().until(() -> gateway.calls().size() == 1);
            try (ZmqClient second = ZmqClient.of(SocketType.DEALER)) {
                second.socket().setIdentity("again".getBytes(StandardCharsets.UTF_8));
                second.connect(endpoint).assertServed();
                await().until(() -> gateway.cancelledCalls() == 1);
            }
        }
    }

    // --- cancelling ---

    @Test
    void cancelsAQueryByItsIdAndSaysSo() {
        dealer.send("never", "{\"id\": \"a\"}", "1").send("never", "{\"id\": \"b\"}", "1");
        dealer.send("{\"cancel\": true, \"id\": \"a\"}");
        List<String> reply = dealer.receive();
        assertThat(reply).hasSize(2);
        JsonNode header = ZmqClient.json(reply.get(0));
        assertThat(header.path("success").asBoolean(true)).isFalse();
        assertThat(header.path("code").asString()).isEqualTo("CANCELLED");
        assertThat(header.path("id").asString()).isEqualTo("a");
        assertThat(gateway.cancelledCalls()).isEqualTo(1);
        dealer.send("never", "{\"cancel\": true, \"id\": \"b\"}", "");
        assertThat(dealer.receiveJson().path("id").asString()).isEqualTo("b");
        assertThat(gateway.cancelledCalls()).isEqualTo(2);
    }

    @Test
    void saysThatThereIsNothingToCancel() {
        dealer.send("{\"cancel\": true, \"id\": \"a\"}");
        JsonNode reply = dealer.receiveJson();
        assertThat(reply.path("code").asString()).isEqualTo("NOT_FOUND");
        assertThat(reply.path("id").asString()).isEqualTo("a");
    }

    @Test
    void cancelsNoQueryOfAnotherClient() {
        dealer.send("never", "{\"id\": \"a\"}", "1");
        await().until(() -> gateway.calls().size() == 1);
        try (ZmqClient other = ZmqClient.dealer(endpoint)) {
            other.send("{\"cancel\": true, \"id\": \"a\"}");
            assertThat(other.receiveJson().path("code").asString()).isEqualTo("NOT_FOUND");
        }
        assertThat(gateway.cancelledCalls()).isZero();
    }

    // --- too much ---

    @Test
    void refusesAnIdThatIsInFlight() {
        dealer.send("never", "{\"id\": \"a\"}", "1").send("never", "{\"id\": \"a\"}", "1");
        JsonNode reply = dealer.receiveJson();
        assertThat(reply.path("code").asString()).isEqualTo("INVALID_INPUT");
        assertThat(reply.path("message").asString()).contains("id a in flight");
        dealer.send("echo", "{\"id\": \"b\"}", "1").receive();
        dealer.send("echo", "{\"id\": \"b\"}", "2");
        assertThat(dealer.receive()).last().isEqualTo("2");
    }

    @Test
    void refusesMoreQueriesThanOneClientMayHaveInFlight() {
        for (int i = 0; i < MOST_IN_FLIGHT; i++) {
            dealer.send("never", "{\"id\": \"q-" + i + "\"}", "1");
        }
        dealer.send("never", "{\"id\": \"over\"}", "1");
        JsonNode reply = dealer.receiveJson();
        assertThat(reply.path("id").asString()).isEqualTo("over");
        assertThat(reply.path("code").asString()).isEqualTo("OVERLOADED");
        assertThat(reply.path("message").asString()).contains("max-in-flight");
        try (ZmqClient other = ZmqClient.dealer(endpoint)) {
            other.assertServed();
        }
    }

    // --- not reading ---

    @Test
    void saysThatThereIsNoRoomForAReplyWhereTheClientHasNotReadOthers() {
        byte[] large = new byte[3 * 1024 * 1024];
        gateway.actor("large", false, call -> gateway.answer(large, "a/b"));
        try (ZmqClient deaf = ZmqClient.of(SocketType.DEALER)) {
            deaf.socket().setRcvHWM(1);
            deaf.connect(endpoint);
            List<String> codes = new ArrayList<>();
            int asked = 0;
            // Far more than all buffers between hold; nothing is read before all are asked.
            for (; asked < MOST_IN_FLIGHT; asked++) {
                deaf.send("large", "{\"id\": \"q-" + asked + "\"}", "1");
                int calls = asked + 1;
                await().until(() -> gateway.calls().size() == calls);
            }
            try (ZmqClient other = ZmqClient.dealer(endpoint)) {
                other.assertServed();
            }
            for (int i = 0; i < asked; i++) {
                List<byte[]> reply = deaf.receiveBytes();
                JsonNode header = ZmqClient.json(new String(reply.get(0), StandardCharsets.UTF_8));
                if (!header.path("success").asBoolean()) {
                    codes.add(header.path("code").asString());
                    assertThat(header.path("message").asString()).contains("max-unsent");
                }
            }
            assertThat(codes).isNotEmpty().containsOnly("OVERLOADED");
            deaf.assertServed();
        }
    }

    @Test
    void repliesNoMoreToBadMessagesOfAClientThatReadsNothing() {
        double before = dropped();
        try (ZmqClient deaf = ZmqClient.of(SocketType.DEALER)) {
            deaf.socket().setRcvHWM(1);
            deaf.socket().setReceiveBufferSize(4096);
            deaf.connect(endpoint);
            String bad = "{\"id\": \"" + "x".repeat(100) + "\", \"" + "y".repeat(60) + "\": 1}";
            await().until(() -> {
                for (int i = 0; i < 5_000; i++) {
                    deaf.send(bad);
                }
                return dropped() > before;
            });
            dealer.assertServed();
        }
    }

    private static double dropped() {
        var counter = frontend.bean(MeterRegistry.class)
                .find("sluice.replies.dropped")
                .tag("protocol", "zeromq")
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
