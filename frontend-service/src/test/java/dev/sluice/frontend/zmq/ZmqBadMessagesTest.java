package dev.sluice.frontend.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever is wrong with a message gets a reply that says so, and disturbs nobody. */
@ExtendWith(LeakGuard.class)
@Timeout(120)
class ZmqBadMessagesTest {

    private static TestFrontend frontend;
    private static String endpoint;
    private FakeGateway gateway;
    private ZmqClient dealer;
    private ZmqClient neighbour;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start("sluice.frontend.zmq.max-message=1MB");
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
        neighbour = ZmqClient.dealer(endpoint);
    }

    @AfterEach
    void theOthersAreServedAndEverythingIsReleased() {
        neighbour.assertServed();
        neighbour.close();
        dealer.close();
        gateway.assertReleased();
    }

    // --- frames ---

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 5, 7, 12, 13, 40, 1_000})
    void refusesAnotherNumberOfFrames(int count) {
        String[] frames = new String[count];
        Arrays.fill(frames, "vadder");
        dealer.send(frames);
        List<String> reply = dealer.receive();
        assertThat(reply).hasSize(2).last().isEqualTo("");
        JsonNode header = ZmqClient.json(reply.get(0));
        assertThat(header.path("success").asBoolean(true)).isFalse();
        assertThat(header.path("code").asString()).isEqualTo("INVALID_INPUT");
        assertThat(header.path("message").asString()).contains("three");
        dealer.assertServed();
    }

    @Test
    void refusesAnotherNumberOfFramesFromAReq() {
        try (ZmqClient req = ZmqClient.req(endpoint)) {
            req.send("vadder", "{}");
            assertThat(ZmqClient.json(req.receive().get(0)).path("code").asString())
                    .isEqualTo("INVALID_INPUT");
            req.send("vadder", "{}", "1");
            assertThat(req.receive()).last().isEqualTo("2");
        }
    }

    @Test
    void keepsNothingOfAMessageThatGoesOnAndOn() {
        byte[][] frames = new byte[50_000][];
        Arrays.fill(frames, new byte[1024]);
        frames[0] = "vadder".getBytes(StandardCharsets.UTF_8);
        dealer.send(frames);
        assertThat(dealer.receiveJson().path("message").asString()).contains("more than 12 frames");
        dealer.assertServed();
    }

    @Test
    void refusesAMessageWhoseFramesAddUpToTooMuch() {
        dealer.send("echo".getBytes(StandardCharsets.UTF_8), new byte[900_000], new byte[900_000]);
        assertThat(dealer.receiveJson().path("code").asString()).isEqualTo("TOO_LARGE");
        dealer.assertServed();
    }

    // --- the first frame ---

    @ParameterizedTest
    @CsvSource({
        "vader, NOT_FOUND, Did you mean vadder?",
        "vader/call, NOT_FOUND, Did you mean vadder?",
        "vadder/nothing, NOT_FOUND, has no method nothing",
        "vadder/call/more, INVALID_INPUT, actor/method",
        "/call, INVALID_INPUT, actor/method",
        "vadder/, INVALID_INPUT, actor/method"
    })
    void refusesWhatNamesNoMethod(String target, String code, String sentence) {
        dealer.send(target, "{\"id\": \"q-1\"}", "1");
        JsonNode header = dealer.receiveJson();
        assertThat(header.path("code").asString()).isEqualTo(code);
        assertThat(header.path("message").asString()).contains(sentence);
        assertThat(header.path("id").asString()).isEqualTo("q-1");
        assertThat(header.path("success").asBoolean(true)).isFalse();
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void refusesAnActorThatIsNoText() {
        dealer.send(new byte[] {(byte) 0xFF, (byte) 0xFE}, "{}".getBytes(StandardCharsets.UTF_8), new byte[1]);
        assertThat(dealer.receiveJson().path("message").asString()).contains("UTF-8");
        dealer.send("x".repeat(10_000), "{}", "1");
        assertThat(dealer.receiveJson().path("message").asString()).contains("10000 bytes");
    }

    // --- the header ---

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | not valid JSON",
                "[1] | must be a JSON object",
                "{\"slo_ms\": 1 | not valid JSON",
                "{} {} | something follows",
                "{\"slo_ms\": -1} | greater than 0",
                "{\"slo_ms\": \"1\"} | number of milliseconds",
                "{\"priority\": 1.5} | whole number",
                "{\"priority\": 256} | between 0",
                "{\"id\": 7} | id must be a string",
                "{\"id\": \"a b\"} | printable ASCII",
                "{\"input\": 1} | not known",
                "{\"slow_ms\": 1} | not known",
                "{\"id\": \"a\", \"id\": \"b\"} | twice",
                "{\"stream\": 1} | true or false",
                "{\"media_type\": \"\"} | media_type",
                "{\"version\": \"a b\"} | version",
                "{\"cancel\": true} | needs the id",
            })
    void refusesAHeaderThatIsNotOne(String header, String sentence) {
        dealer.send("vadder", header, "1");
        JsonNode reply = dealer.receiveJson();
        assertThat(reply.path("code").asString()).isEqualTo("INVALID_INPUT");
        assertThat(reply.path("message").asString()).contains(sentence);
        assertThat(reply.path("actor").asString()).isEqualTo("vadder");
        dealer.assertServed();
    }

    @Test
    void refusesAHeaderThatIsEmptyOrHuge() {
        dealer.send("", "vadder", "{" + " ".repeat(20_000) + "}", "1");
        assertThat(dealer.receiveJson().path("message").asString()).contains("may have 16384");
        dealer.send("", "vadder", "\u0000\u0000", "1");
        assertThat(dealer.receiveJson().path("message").asString()).contains("UTF-8");
    }

    @Test
    void takesWhatFollowsAnEmptyFrameForTheMessage() {
        dealer.send("vadder", "", "1");
        List<String> reply = dealer.receive();
        assertThat(reply.subList(0, 2)).containsExactly("vadder", "");
        assertThat(ZmqClient.json(reply.get(2)).path("code").asString()).isEqualTo("INVALID_INPUT");
    }

    // --- JSON messages ---

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | INVALID_INPUT | not valid JSON",
                "7 | INVALID_INPUT | must be a JSON object",
                "{\"input\": 1} | INVALID_INPUT | member actor is missing",
                "{\"actor\": \"vadder\"} | INVALID_INPUT | member input is missing",
                "{\"actor\": 7, \"input\": 1} | INVALID_INPUT | actor must be a string",
                "{\"actor\": \"vadder\", \"input\": 1, \"slo_ms\": 0} | INVALID_INPUT | greater than 0",
                "{\"actor\": \"vadder\", \"input\": 1, \"media_type\": \"a/b\"} | INVALID_INPUT | not known",
                "{\"actor\": \"vadder\", \"input\": } | INVALID_INPUT | not valid JSON",
                "{\"actor\": \"nobody\", \"input\": 1} | NOT_FOUND | no actor nobody",
                "{\"actor\": \"\", \"input\": 1} | NOT_FOUND | There is no actor",
                "{\"actor\": \"vadder\", \"method\": \"x\", \"input\": 1} | NOT_FOUND | has no method x",
            })
    void refusesAJsonMessageInJson(String message, String code, String sentence) {
        dealer.send(message);
        List<String> reply = dealer.receive();
        assertThat(reply).hasSize(1);
        JsonNode json = ZmqClient.json(reply.get(0));
        assertThat(json.path("success").asBoolean(true)).isFalse();
        assertThat(json.path("code").asString()).isEqualTo(code);
        assertThat(json.path("message").asString()).contains(sentence);
        dealer.assertServed();
    }

    @Test
    void refusesALargeMessageThatIsNoJson() {
        dealer.send("{\"actor\": \"echo\", \"input\": [" + "1, ".repeat(100_000) + "}");
        assertThat(dealer.receiveJson().path("message").asString()).contains("not valid JSON");
        dealer.assertServed();
    }

    @Test
    void refusesNestingThatWouldExhaustAStack() {
        dealer.send("{\"actor\": \"echo\", \"input\": " + "[".repeat(2_000) + "]".repeat(2_000) + "}");
        assertThat(dealer.receiveJson().path("code").asString()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void answersAnEmptyMessage() {
        dealer.send("");
        assertThat(dealer.receiveJson().path("message").asString()).contains("is empty");
        dealer.send("", "");
        assertThat(dealer.receiveJson().path("message").asString()).contains("is empty");
    }

    // --- size ---

    @Test
    void refusesAPayloadOverTheLimitWithASentence() {
        gateway.maxPayloadBytes(100_000);
        dealer.send(
                "echo".getBytes(StandardCharsets.UTF_8),
                "{\"id\": \"q-1\"}".getBytes(StandardCharsets.UTF_8),
                new byte[100_001]);
        JsonNode header = dealer.receiveJson();
        assertThat(header.path("code").asString()).isEqualTo("TOO_LARGE");
        assertThat(header.path("message").asString()).contains("100000 bytes");
        assertThat(header.path("id").asString()).isEqualTo("q-1");
        dealer.assertServed();
    }

    @Test
    void endsTheConnectionOfAFrameThatNobodyCouldRefuseInTime() {
        dealer.watched()
                .send(
                        "echo".getBytes(StandardCharsets.UTF_8),
                        "{}".getBytes(StandardCharsets.UTF_8),
                        new byte[1024 * 1024 + 1]);
        dealer.awaitDisconnect();
        assertThat(gateway.calls()).isEmpty();
    }

    // --- what the platform says ---

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void repliesWithEveryOutcome(ErrorCode code) {
        dealer.send("failing", "{\"id\": \"q-1\"}", "\"" + code + "\"");
        JsonNode header = dealer.receiveJson();
        assertThat(header.path("success").asBoolean(true)).isFalse();
        assertThat(header.path("code").asString()).isEqualTo(code.name());
        assertThat(header.path("message").asString()).isEqualTo("It is planned.");
        assertThat(header.path("retryable").asBoolean()).isEqualTo(code.retryable());
        assertThat(header.path("retry_after_ms").asInt()).isEqualTo(1_001);
        assertThat(header.path("actor").asString()).isEqualTo("failing");
        assertThat(header.path("id").asString()).isEqualTo("q-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "thrower", "empty"})
    void repliesWhereThisFrontendFails(String actor) {
        dealer.send(actor, "{}", "1");
        assertThat(dealer.receiveJson().path("code").asString()).isEqualTo("FAILED");
        dealer.assertServed();
    }

    @Test
    void repeatsNoNameThatNobodyHas() {
        dealer.send("{\"actor\": \"" + "x".repeat(60_000) + "\", \"input\": 1}");
        List<String> reply = dealer.receive();
        assertThat(reply.get(0)).contains("INVALID_INPUT", "no name has more").hasSizeLessThan(500);
    }

    @Test
    void saysThatItKnowsNoActorsYet() {
        gateway.ready(false);
        dealer.send("vadder", "{}", "1");
        assertThat(dealer.receiveJson().path("code").asString()).isEqualTo("UNAVAILABLE");
        gateway.ready(true);
    }

    @Test
    void refusesWhatItHasNoRoomFor() {
        gateway.maxRetainedBytes(50_000);
        dealer.send(
                "echo".getBytes(StandardCharsets.UTF_8),
                "{\"media_type\": \"a/b\"}".getBytes(StandardCharsets.UTF_8),
                new byte[60_000]);
        assertThat(dealer.receiveJson().path("code").asString()).isEqualTo("OVERLOADED");
        dealer.assertServed();
    }
}
