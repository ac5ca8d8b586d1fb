package dev.sluice.frontend.zmq;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that would have this frontend hold more than it may. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class ZmqHostileTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestFrontend frontend;
    private static URI endpoint;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start(
                // Those who only announce answer no PING either.
                "sluice.frontend.zmq.heartbeat-timeout=1h",
                "sluice.frontend.zmq.max-message=1MB",
                "sluice.frontend.zmq.max-held=1MB",
                "sluice.frontend.zmq.max-collected=1MB");
        endpoint = URI.create(frontend.bean(ZmqServer.class).endpoint());
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    /** It announces a frame and sends nothing of it: the others hear that there is no room, and their connections go on. */
    @Test
    void tellsClientsThatThereIsNoRoomForTheirLargeFrames() throws Exception {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        try (ZmqClient dealer = ZmqClient.dealer(endpoint.toString())) {
            try (Socket hoarder = new Socket(endpoint.getHost(), endpoint.getPort())) {
                RawZmtp.shakeHands(hoarder);
                hoarder.getOutputStream().write(RawZmtp.head(1_000_000));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(reply(dealer, large))
                                .as("a header, and no result")
                                .hasSize(2)
                                .last()
                                .isEqualTo(new byte[0]));
                for (int i = 0; i < 20; i++) {
                    String said = new String(reply(dealer, large).get(0), StandardCharsets.UTF_8);
                    assertThat(said).contains("OVERLOADED", "sluice.frontend.zmq.max-held");
                    dealer.assertServed();
                }
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                // What was announced is given back once nobody can refer to it any more.
                System.gc();
                assertThat(reply(dealer, large)).last().isEqualTo(large);
            });
        }
    }

    private static List<byte[]> reply(ZmqClient dealer, byte[] payload) {
        dealer.send(
                "echo".getBytes(StandardCharsets.UTF_8),
                "{\"media_type\": \"a/b\"}".getBytes(StandardCharsets.UTF_8),
                payload);
        return dealer.receiveBytes();
    }

    /** Negative ones pass the library's own check, and it keeps only their lower half. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                -1,
                Long.MIN_VALUE,
                Long.MIN_VALUE + 1,
                0x8000_0000_2CB2_6B14L,
                0xFFFF_FFFF_8000_0000L,
                Long.MAX_VALUE
            })
    void servesOthersWhateverLengthsAreAnnounced(long size) throws Exception {
        try (ZmqClient dealer = ZmqClient.dealer(endpoint.toString());
                Socket liar = new Socket(endpoint.getHost(), endpoint.getPort())) {
            dealer.assertServed();
            RawZmtp.shakeHands(liar);
            liar.getOutputStream().write(RawZmtp.head(size));
            liar.getOutputStream().write(new byte[100]);
            for (int i = 0; i < 20; i++) {
                dealer.assertServed();
            }
        }
        try (ZmqClient later = ZmqClient.dealer(endpoint.toString())) {
            later.assertServed();
        }
    }

    /** Of those it could not be told whose a frame is before the message is whole. */
    @Test
    void letsNoClientsOfOlderProtocolsIn() throws Exception {
        try (Socket old = new Socket(endpoint.getHost(), endpoint.getPort())) {
            old.setSoTimeout((int) PATIENCE.toMillis());
            old.getOutputStream().write(RawZmtp.oldGreeting());
            byte[] answered = old.getInputStream().readAllBytes();
            assertThat(answered).as("greeted, and hung up on").hasSizeLessThan(65);
        }
    }
}
