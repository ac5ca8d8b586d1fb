package dev.sluice.frontend.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.Protocol;
import dev.sluice.frontend.query.QueryCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(LeakGuard.class)
@Timeout(120)
class ZmqCallsTest {

    private static TestFrontend frontend;
    private static String endpoint;
    private FakeGateway gateway;
    private ZmqClient dealer;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start();
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
    void listensOnLoopbackUnlessToldOtherwise() {
        assertThat(endpoint).startsWith("tcp://127.0.0.1:");
    }

    // --- one frame of JSON, as in 2019 ---

    @Test
    void answersADealerExactlyAsIn2019() {
        dealer.send("{\"actor\": \"vadder\", \"input\": 10, \"slo_ms\": 1000}");
        assertThat(dealer.receive()).containsExactly("{\"success\": true, \"actor\": \"vadder\", \"result\": 11}");
        assertThat(onlyCall().budgetNanos()).isEqualTo(1_000_000_000);
    }

    @Test
    void answersAReqExactlyAsIn2019() {
        try (ZmqClient req = ZmqClient.req(endpoint)) {
            req.send("{\"actor\": \"vadder\", \"input\": 10, \"slo_ms\": 1000}");
            assertThat(req.receive()).containsExactly("{\"success\": true, \"actor\": \"vadder\", \"result\": 11}");
            req.send("{\"actor\": \"vadder\", \"input\": 11, \"slo_ms\": 1000}");
            assertThat(req.receive()).containsExactly("{\"success\": true, \"actor\": \"vadder\", \"result\": 12}");
        }
    }

    @Test
    void namesTheIdOfAJsonMessageInItsReply() {
        dealer.send("{\"id\": \"q-1\", \"actor\": \"vadder\", \"input\": 10}");
        assertThat(dealer.receive())
                .containsExactly("{\"success\": true, \"actor\": \"vadder\", \"id\": \"q-1\", \"result\": 11}");
    }

    @Test
    void handsTheInputOfAJsonMessageOverAsItIs() {
        String input = "{ \"a\" : [1.50, \"\\u00e9é漢\"],\n \"a\": null }";
        dealer.send("{\"actor\": \"echo\", \"method\": \"other\", \"input\": " + input
                + " , \"priority\": 3, \"version\": \"2\"}");
        assertThat(dealer.receive())
                .containsExactly("{\"success\": true, \"actor\": \"echo\", \"result\": " + input + "}");
        QueryCall call = onlyCall();
        assertThat(gateway.calls().get(0).input()).isEqualTo(input);
        assertThat(call.method()).isEqualTo("other");
        assertThat(call.priority()).isEqualTo(3);
        assertThat(call.version()).isEqualTo("2");
        assertThat(call.mediaType()).isEqualTo("application/json");
        assertThat(call.protocol()).isEqualTo(Protocol.ZEROMQ);
    }

    @Test
    void putsAResultThatIsNotJsonIntoAJsonReplyWithItsMediaType() {
        dealer.send("{\"actor\": \"picture\", \"input\": 1}");
        assertThat(dealer.receive())
                .containsExactly("{\"success\": true, \"actor\": \"picture\", \"result\": \"iVBORwA=\", \"media_type\":"
                        + " \"image/png\"}");
        dealer.send("{\"actor\": \"prose\", \"input\": 1}");
        JsonNode prose = dealer.receiveJson();
        assertThat(prose.path("result").asString()).isEqualTo("one \"line\"\nétwo");
        assertThat(prose.path("media_type").asString()).isEqualTo("text/plain;charset=UTF-8");
    }

    @Test
    void readsALargeJsonMessageToo() {
        String input = "\"" + "x".repeat(1_000_000) + "\"";
        dealer.send("{\"actor\": \"echo\", \"input\": " + input + "}");
        assertThat(dealer.receive())
                .containsExactly("{\"success\": true, \"actor\": \"echo\", \"result\": " + input + "}");
    }

    // --- three frames ---

    @Test
    void answersADealerInTwoFrames() {
        dealer.send("vadder", "{\"slo_ms\": 12.5, \"priority\": 2, \"id\": \"q-7\", \"version\": \"1\"}", "10");
        assertThat(dealer.receive())
                .containsExactly("{\"success\": true, \"id\": \"q-7\", \"media_type\": \"application/json\"}", "11");
        QueryCall call = onlyCall();
        assertThat(call.budgetNanos()).isEqualTo(12_500_000);
        assertThat(call.priority()).isEqualTo(2);
        assertThat(call.id()).isEqualTo("q-7");
        assertThat(call.version()).isEqualTo("1");
        assertThat(call.method()).isEqualTo("call");
        assertThat(call.mediaType()).isEqualTo("application/json");
    }

    @Test
    void answersADealerThatSendsADelimiterWithADelimiter() {
        dealer.send("", "vadder/other", "{\"id\": \"q-7\"}", "10");
        assertThat(dealer.receive())
                .containsExactly(
                        "", "{\"success\": true, \"id\": \"q-7\", \"media_type\": \"application/json\"}", "11");
        assertThat(onlyCall().method()).isEqualTo("other");
    }

    @Test
    void answersAReqInTwoFrames() {
        try (ZmqClient req = ZmqClient.req(endpoint)) {
            req.send("vadder", "{\"id\": \"q-7\"}", "10");
            assertThat(req.receive())
                    .containsExactly(
                            "{\"success\": true, \"id\": \"q-7\", \"media_type\": \"application/json\"}", "11");
        }
    }

    @Test
    void answersThroughProxiesBetween() {
        dealer.send("hop-2", "hop-1", "", "vadder", "{\"id\": \"q\"}", "1");
        assertThat(dealer.receive())
                .containsExactly(
                        "hop-2",
                        "hop-1",
                        "",
                        "{\"success\": true, \"id\": \"q\", \"media_type\": \"application/json\"}",
                        "2");
    }

    @Test
    void leavesSloAndPriorityToTheActorAndMakesAnIdWhereTheHeaderIsSilent() {
        dealer.send("echo", "{}", "1");
        String id = dealer.receiveJson().path("id").asString();
        assertThat(onlyCall().id()).isEqualTo(id).hasSize(24);
        assertThat(onlyCall().budgetNanos()).isZero();
        assertThat(onlyCall().priority()).isZero();
    }

    @Test
    void carriesBytesOfAnyMediaTypeAsTheyAre() {
        byte[] bytes = new byte[256 * 1024];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        dealer.send(
                "echo".getBytes(StandardCharsets.UTF_8),
                "{\"media_type\": \"application/octet-stream\"}".getBytes(StandardCharsets.UTF_8),
                bytes);
        List<byte[]> reply = dealer.receiveBytes();
        assertThat(new String(reply.get(0), StandardCharsets.UTF_8))
                .contains("\"media_type\": \"application/octet-stream\"");
        assertThat(reply.get(1)).isEqualTo(bytes);
        assertThat(onlyCall().mediaType()).isEqualTo("application/octet-stream");
    }

    @Test
    void carriesAnEmptyPayload() {
        dealer.send("echo", "{\"media_type\": \"text/plain\"}", "");
        assertThat(dealer.receive().get(1)).isEmpty();
        dealer.send("", "echo", "{\"media_type\": \"text/plain\"}", "");
        assertThat(dealer.receive()).hasSize(3).last().isEqualTo("");
    }

    @Test
    void believesTheTenantFromThisMachine() {
        dealer.send("echo", "{\"tenant\": \"acme\"}", "1");
        dealer.receive();
        assertThat(onlyCall().tenant()).isEqualTo("acme");
    }

    // --- several in flight ---

    @Test
    void keepsManyQueriesOfOneDealerInFlightEachWithItsId() {
        int count = 500;
        for (int i = 0; i < count; i++) {
            dealer.send(i % 2 == 0 ? "elsewhere" : "late", "{\"id\": \"q-" + i + "\"}", Integer.toString(i));
        }
        Map<String, String> results = new HashMap<>();
        for (int i = 0; i < count; i++) {
            List<String> reply = dealer.receive();
            results.put(ZmqClient.json(reply.get(0)).path("id").asString(), reply.get(1));
        }
        for (int i = 0; i < count; i++) {
            assertThat(results.get("q-" + i)).isEqualTo(i % 2 == 0 ? Integer.toString(i) : "\"late\"");
        }
    }

    @Test
    void servesManyClientsAtOnce() {
        List<ZmqClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                clients.add(i % 2 == 0 ? ZmqClient.req(endpoint) : ZmqClient.dealer(endpoint));
            }
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i).send("elsewhere", "{}", "\"" + i + "\"");
            }
            for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).receive()).last().isEqualTo("\"" + i + "\"");
            }
        } finally {
            clients.forEach(ZmqClient::close);
        }
    }

    private QueryCall onlyCall() {
        assertThat(gateway.calls()).hasSize(1);
        return gateway.calls().get(0).call();
    }
}
