package dev.sluice.frontend.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQ.Curve.KeyPair;

@ExtendWith(LeakGuard.class)
@Timeout(120)
class ZmqCurveTest {

    private static final KeyPair SERVER = ZMQ.Curve.generateKeyPair();

    private static TestFrontend frontend;
    private static String endpoint;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start("sluice.frontend.zmq.curve-secret-key=" + SERVER.secretKey);
        endpoint = frontend.bean(ZmqServer.class).endpoint();
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    private static ZmqClient client(String serverKey) {
        KeyPair own = ZMQ.Curve.generateKeyPair();
        ZmqClient client = ZmqClient.of(SocketType.DEALER);
        client.socket().setCurvePublicKey(ZMQ.Curve.z85Decode(own.publicKey));
        client.socket().setCurveSecretKey(ZMQ.Curve.z85Decode(own.secretKey));
        client.socket().setCurveServerKey(ZMQ.Curve.z85Decode(serverKey));
        return client;
    }

    @Test
    void servesAClientThatKnowsTheServersPublicKey() {
        frontend.gateway().forget();
        try (ZmqClient client = client(SERVER.publicKey).connect(endpoint)) {
            client.assertServed();
            client.send("{\"actor\": \"vadder\", \"input\": 10}");
            assertThat(client.receive()).containsExactly("{\"success\": true, \"actor\": \"vadder\", \"result\": 11}");
            byte[] large = new byte[300_000];
            Arrays.fill(large, (byte) 7);
            client.send("echo".getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[] {'{', '}'}, large);
            List<byte[]> reply = client.receiveBytes();
            assertThat(reply.get(1)).isEqualTo(large);
            client.send("ticks", "{}", "20");
            for (int i = 1; i <= 20; i++) {
                assertThat(client.receive()).last().isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void letsNothingThroughOfAClientWithAnotherKey() {
        assertNothingGetsThrough(client(ZMQ.Curve.generateKeyPair().publicKey));
    }

    @Test
    void letsNothingThroughOfAClientWithoutAKey() {
        assertNothingGetsThrough(ZmqClient.of(SocketType.DEALER));
    }

    /** Its connection ends during the handshake, again and again: so its message never left. */
    private static void assertNothingGetsThrough(ZmqClient stranger) {
        frontend.gateway().forget();
        try (stranger) {
            stranger.watched().connect(endpoint).send("echo", "{}", "1");
            stranger.awaitDisconnect();
            try (ZmqClient known = client(SERVER.publicKey).connect(endpoint)) {
                known.assertServed();
            }
            assertThat(frontend.gateway().calls()).hasSize(1);
            assertThat(frontend.gateway().calls().get(0).call().id()).isEqualTo("served");
        }
    }

    @Test
    void refusesAKeyThatIsNone() {
        assertThatThrownBy(() -> TestFrontend.start("sluice.frontend.zmq.curve-secret-key=secret"))
                .hasRootCauseInstanceOf(SettingRefused.class)
                .rootCause()
                .hasMessageContaining("sluice.frontend.zmq.curve-secret-key is no key of CURVE: it has 6 characters")
                .has(new Condition<>(
                        e -> ((SettingRefused) e).action().contains("40 characters"), "says what to write"));
    }
}
