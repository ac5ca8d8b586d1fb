package dev.sluice.frontend.zmq;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

@ExtendWith(LeakGuard.class)
@Timeout(120)
class ZmqStreamsTest {

    private static TestFrontend frontend;
    private static String endpoint;
    private FakeGateway gateway;
    private ZmqClient dealer;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start("sluice.frontend.zmq.max-collected=1KB", "sluice.link.max-payload=64MB");
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

    @Test
    void givesADealerEachResultByItself() {
        dealer.send("ticks", "{\"id\": \"s\"}", "100");
        for (int i = 1; i <= 100; i++) {
            assertThat(dealer.receive())
                    .containsExactly(
                            "{\"success\": true, \"id\": \"s\", \"media_type\": \"application/json\", \"more\": true}",
                            Integer.toString(i));
        }
        assertThat(dealer.receive()).containsExactly("{\"success\": true, \"id\": \"s\", \"more\": false}", "");
    }

    @Test
    void collectsTheResultsForAReq() {
        try (ZmqClient req = ZmqClient.req(endpoint)) {
            req.send("ticks", "{\"id\": \"s\"}", "3");
            assertThat(req.receive())
                    .containsExactly(
                            "{\"success\": true, \"id\": \"s\", \"media_type\": \"application/json\"}", "[1, 2, 3]");
            req.send("{\"actor\": \"ticks\", \"input\": 0}");
            assertThat(req.receive()).containsExactly("{\"success\": true, \"actor\": \"ticks\", \"result\": []}");
        }
    }

    @Test
    void collectsForADealerThatSendsADelimiterAsReqDoes() {
        dealer.send("", "ticks", "{\"id\": \"s\"}", "3");
        assertThat(dealer.receive()).hasSize(3).last().isEqualTo("[1, 2, 3]");
    }

    @Test
    void collectsForAJsonMessageUnlessItAsksForAStream() {
        dealer.send("{\"actor\": \"ticks\", \"input\": 3}");
        assertThat(dealer.receive())
                .containsExactly("{\"success\": true, \"actor\": \"ticks\", \"result\": [1, 2, 3]}");
        dealer.send("{\"actor\": \"ticks\", \"id\": \"s\", \"input\": 1, \"stream\": true}");
        assertThat(dealer.receive())
                .containsExactly(
                        "{\"success\": true, \"actor\": \"ticks\", \"id\": \"s\", \"result\": 1, \"more\": true}");
        assertThat(dealer.receive())
                .containsExactly("{\"success\": true, \"actor\": \"ticks\", \"id\": \"s\", \"more\": false}");
    }

    @Test
    void collectsForADealerThatWantsNoStream() {
        dealer.send("ticks", "{\"stream\": false}", "3");
        assertThat(dealer.receive()).last().isEqualTo("[1, 2, 3]");
    }

    @Test
    void refusesToStreamToAReq() {
        try (ZmqClient req = ZmqClient.req(endpoint)) {
            req.send("ticks", "{\"stream\": true}", "3");
            assertThat(req.receiveJson().path("message").asString()).contains("one reply");
        }
    }

    @Test
    void givesTheOneResultOfAMethodThatDoesNotStreamAsAStreamWhereAsked() {
        dealer.send("vadder", "{\"stream\": true}", "1");
        assertThat(dealer.receive()).last().isEqualTo("2");
        assertThat(dealer.receiveJson().path("more").asBoolean(true)).isFalse();
    }

    @Test
    void collectsOneBodyOfItsPieces() {
        gateway.body(
                "bytes",
                "application/x-pieces",
                call -> gateway.answer("ab".getBytes(StandardCharsets.UTF_8), "x/y")
                        .concatWith(gateway.answer("cd".getBytes(StandardCharsets.UTF_8), "x/y")));
        dealer.send("", "bytes/pieces", "{\"id\": \"s\"}", "1");
        assertThat(dealer.receive())
                .containsExactly(
                        "", "{\"success\": true, \"id\": \"s\", \"media_type\": \"application/x-pieces\"}", "abcd");
    }

    @Test
    void refusesToCollectMoreThanItMay() {
        gateway.actor(
                "endless",
                true,
                call -> Flux.range(1, Integer.MAX_VALUE)
                        .concatMap(i -> gateway.answer("[1, 2, 3]"))
                        .subscribeOn(Schedulers.parallel()));
        dealer.send("", "endless", "{}", "1");
        JsonNode header = dealer.receiveJson();
        assertThat(header.path("code").asString()).isEqualTo("TOO_LARGE");
        assertThat(header.path("message").asString()).contains("one by one");
        await().until(() -> gateway.cancelledCalls() == 1);
    }

    @Test
    void endsAStreamThatFailsWithTheFailure() {
        dealer.send("spoilt", "{\"id\": \"s\"}", "1");
        assertThat(dealer.receive()).last().isEqualTo("1");
        JsonNode last = dealer.receiveJson();
        assertThat(last.path("success").asBoolean(true)).isFalse();
        assertThat(last.path("code").asString()).isEqualTo("LOST");
        assertThat(last.path("id").asString()).isEqualTo("s");
        dealer.send("", "spoilt", "{}", "1");
        assertThat(dealer.receiveJson().path("code").asString()).isEqualTo("LOST");
    }

    @Test
    void runsSeveralStreamsOfOneDealerSideBySide() {
        dealer.send("stuck", "{\"id\": \"a\"}", "1");
        dealer.send("ticks", "{\"id\": \"b\"}", "50");
        int items = 0;
        int ended = 0;
        while (ended == 0) {
            JsonNode header = dealer.receiveJson();
            if (header.path("more").asBoolean()) {
                items++;
            } else {
                ended++;
                assertThat(header.path("id").asString()).isEqualTo("b");
            }
        }
        assertThat(items).isEqualTo(51);
    }

    /** Each result is large, so that the connection's own buffers hold few of them. */
    @Test
    void holdsTheResultsBackWhileTheClientReadsNone() {
        AtomicLong made = new AtomicLong();
        byte[] large = new byte[1024 * 1024];
        gateway.actor(
                "large",
                true,
                call -> Flux.range(1, 1_000).concatMap(i -> {
                    made.incrementAndGet();
                    return gateway.answer(large, "a/b");
                }));
        try (ZmqClient slow = ZmqClient.of(org.zeromq.SocketType.DEALER)) {
            slow.socket().setRcvHWM(2);
            slow.connect(endpoint).send("large", "{}", "1");
            // Until no more come: what is on the way is bounded, by the buffers of the connection and the window.
            AtomicLong before = new AtomicLong(-1);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> made.get() > 0 && before.getAndSet(made.get()) == made.get());
            assertThat(made.get()).isLessThan(200);
            dealer.assertServed();
            for (int i = 0; i < 1_000; i++) {
                assertThat(slow.receiveBytes().get(1)).hasSize(large.length);
            }
            assertThat(slow.receiveJson().path("more").asBoolean(true)).isFalse();
        }
    }
}
