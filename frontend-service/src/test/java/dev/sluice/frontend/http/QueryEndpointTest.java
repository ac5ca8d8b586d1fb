package dev.sluice.frontend.http;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.RawHttp.Response;
import dev.sluice.frontend.http.envelope.JsonTexts;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.QueryCall;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

@ExtendWith(LeakGuard.class)
class QueryEndpointTest {

    private static TestFrontend frontend;
    private FakeGateway gateway;
    private RawHttp http;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start("sluice.http.max-collected=1KB");
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    @BeforeEach
    void connect() {
        gateway = frontend.gateway();
        gateway.forget();
        http = frontend.connect();
    }

    @AfterEach
    void everythingIsReleased() {
        http.close();
        gateway.assertReleased();
    }

    // --- the envelope ---

    @Test
    void answersExactlyAsIn2019() {
        Response response = http.post("/vadder", "{\"input\": 10, \"slo_ms\": 1000}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.body()).isEqualTo("{\"success\": true, \"actor\": \"vadder\", \"result\": 11}");
        assertThat(response.header("Content-Length")).isEqualTo("" + response.bytes().length);
        assertThat(response.headers()).doesNotContainKey("transfer-encoding");
    }

    @Test
    void handsTheInputOverAsItIs() {
        String input = "{ \"a\" : [1.50, \"\\u00e9é漢\"],\n \"a\": null }";
        Response response =
                http.post("/echo", "{\"id\": \"q-1\", \"input\": " + input + " , \"priority\": 3, \"slo_ms\": 12.5}");
        assertThat(response.body()).isEqualTo("{\"success\": true, \"actor\": \"echo\", \"result\": " + input + "}");
        QueryCall call = onlyCall().call();
        assertThat(onlyCall().input()).isEqualTo(input);
        assertThat(call.mediaType()).isEqualTo("application/json");
        assertThat(call.actor()).isEqualTo("echo");
        assertThat(call.method()).isEqualTo("call");
        assertThat(call.version()).isNull();
        assertThat(call.budgetNanos()).isEqualTo(12_500_000);
        assertThat(call.priority()).isEqualTo(3);
        assertThat(call.id()).isEqualTo("q-1");
        assertThat(call.tenant()).isEmpty();
        assertThat(response.header("Sluice-Id")).isEqualTo("q-1");
    }

    @Test
    void handsOverTheVersionThatIsToAnswer() {
        http.post("/echo", "{\"version\": \"2\", \"input\": 1}", "Sluice-Version: 3");
        assertThat(onlyCall().call().version()).isEqualTo("2");
    }

    @Test
    void leavesTheSloToTheActorWhereNobodySays() {
        http.post("/echo", "{\"input\": 1}");
        assertThat(onlyCall().call().budgetNanos()).isZero();
        assertThat(onlyCall().call().priority()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/echo, call",
        "/echo/, call",
        "/echo/call, call",
        "/echo/other, other",
        "/echo/other/, other",
        "/echo?x=1, call",
        "/echo/other?x=/y/z, other",
        "/%65cho/%6fther, other",
        "http://localhost/echo/other, other",
        "http://localhost/echo, call"
    })
    void findsActorAndMethodInThePath(String path, String method) {
        assertThat(http.post(path, "{\"input\": 1}").status()).isEqualTo(200);
        assertThat(onlyCall().call().method()).isEqualTo(method);
    }

    @Test
    void findsAnActorWithAnUnusualName() {
        gateway.actor("a+b é", false, call -> gateway.answer("1"));
        assertThat(http.post("/a+b%20%C3%A9", "{\"input\": 1}").body()).contains("\"actor\": \"a+b é\"");
    }

    @Test
    void answersOnOneConnectionManyTimes() {
        for (int i = 0; i < 200; i++) {
            assertThat(http.post("/vadder", "{\"input\": " + i + "}").body()).endsWith("\"result\": " + (i + 1) + "}");
        }
    }

    @Test
    void answersPipelinedQueriesInOrder() {
        for (int i = 0; i < 20; i++) {
            http.sendPost(
                    i % 2 == 0 ? "/vadder" : "/elsewhere", ("{\"input\": " + i + "}").getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(http.read().body()).endsWith("\"result\": " + (i % 2 == 0 ? i + 1 : i) + "}");
        }
    }

    @Test
    void answersFromAnotherThread() {
        assertThat(http.post("/elsewhere", "{\"input\": 5}").body()).endsWith("\"result\": 5}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7_980, 8_192, 16_384, 70_000, 300_000, 5_000_000})
    void passesPayloadsOfAnySizeThrough(int size) {
        String input = "\"" + "x".repeat(size) + "\"";
        String body = http.post("/echo", "{\"input\": " + input + "}").body();
        assertThat(body.equals("{\"success\": true, \"actor\": \"echo\", \"result\": " + input + "}"))
                .isTrue();
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Response bare = http.post("/echo", bytes, "Content-Type: application/x-thing");
        assertThat(java.util.Arrays.equals(bare.bytes(), bytes)).isTrue();
        assertThat(bare.header("Content-Type")).isEqualTo("application/x-thing");
    }

    @Test
    void readsABodyThatComesByteByByte() {
        byte[] body = "{\"input\": [1, \"é漢😀\"], \"slo_ms\": 20000}".getBytes(StandardCharsets.UTF_8);
        http.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n");
        for (byte b : body) {
            http.send(new byte[] {b});
        }
        assertThat(http.read().body()).endsWith("\"result\": [1, \"é漢😀\"]}");
    }

    @Test
    void readsAChunkedBody() {
        http.send(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\n{\"i\r\n6\r\nnput\":\r\n3\r\n[1]\r\n1\r\n}\r\n0\r\n\r\n");
        assertThat(http.read().body()).endsWith("\"result\": [1]}");
    }

    @Test
    void obeysExpectContinue() {
        http.send("POST /vadder HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 12\r\n"
                + "Expect: 100-continue\r\n\r\n");
        assertThat(http.readHead().status()).isEqualTo(100);
        assertThat(http.send("{\"input\": 1}").read().body()).endsWith("\"result\": 2}");
    }

    // --- results that are not JSON, in an envelope ---

    @Test
    void putsTextIntoTheEnvelopeAsAString() {
        assertThat(http.post("/prose", "{\"input\": 1}").body())
                .isEqualTo("{\"success\": true, \"actor\": \"prose\", \"result\": \"one \\\"line\\\"\\nétwo\","
                        + " \"media_type\": \"text/plain;charset=UTF-8\"}");
    }

    @Test
    void putsBytesIntoTheEnvelopeAsBase64() {
        String base64 = Base64.getEncoder().encodeToString(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0});
        assertThat(http.post("/picture", "{\"input\": 1}").body())
                .isEqualTo("{\"success\": true, \"actor\": \"picture\", \"result\": \"" + base64
                        + "\", \"media_type\": \"image/png\"}");
    }

    // --- bare bodies ---

    @Test
    void takesAnyOtherBodyAsTheInputItself() {
        Response response = http.post(
                "/echo",
                "hello",
                "Content-Type: text/plain",
                "Sluice-Slo-Ms: 250.5",
                "Sluice-Priority: 2",
                "Sluice-Version: v-1.2",
                "Sluice-Id: abc");
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.header("Content-Type")).isEqualTo("text/plain");
        assertThat(response.header("Sluice-Id")).isEqualTo("abc");
        QueryCall call = onlyCall().call();
        assertThat(call.mediaType()).isEqualTo("text/plain");
        assertThat(call.budgetNanos()).isEqualTo(250_500_000);
        assertThat(call.priority()).isEqualTo(2);
        assertThat(call.version()).isEqualTo("v-1.2");
        assertThat(call.id()).isEqualTo("abc");
    }

    @Test
    void answersABareBodyWithTheBareResult() {
        Response response = http.post("/vadder", "41", "Content-Type: text/plain");
        assertThat(response.body()).isEqualTo("42");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void takesAJsonDialectAsABareBody() {
        assertThat(http.post("/echo", "{\"type\": \"Point\"}", "Content-Type: application/geo+json")
                        .body())
                .isEqualTo("{\"type\": \"Point\"}");
    }

    @Test
    void takesAnEmptyBareBody() {
        assertThat(http.post("/echo", "", "Content-Type: application/octet-stream")
                        .status())
                .isEqualTo(200);
        assertThat(onlyCall().input()).isEmpty();
    }

    @Test
    void takesABodyWithoutATypeForAnEnvelope() {
        http.send("POST /vadder HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\n\r\n{\"input\": 1}");
        assertThat(http.read().body()).endsWith("\"result\": 2}");
    }

    @Test
    void takesWhatCurlSendsUnlessToldOtherwise() {
        String form = "Content-Type: application/x-www-form-urlencoded";
        assertThat(http.post("/vadder", " {\"input\": 1}", form).body()).endsWith("\"result\": 2}");
        assertThat(http.post("/echo", "a=b", form).body()).isEqualTo("a=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\"", "application/json ; x=y"
            })
    void takesJsonWithParametersForAnEnvelope(String type) {
        assertThat(http.post("/vadder", "{\"input\": 1}", "Content-Type: " + type)
                        .body())
                .endsWith("\"result\": 2}");
    }

    @Test
    void letsTheEnvelopeGoBeforeTheHeaders() {
        http.post(
                "/echo", "{\"input\": 1, \"slo_ms\": 5}", "Sluice-Slo-Ms: 7", "Sluice-Priority: 4", "Sluice-Id: head");
        QueryCall call = onlyCall().call();
        assertThat(call.budgetNanos()).isEqualTo(5_000_000);
        assertThat(call.priority()).isEqualTo(4);
        assertThat(call.id()).isEqualTo("head");
    }

    @Test
    void believesATenantFromThisMachine() {
        http.post("/echo", "{\"input\": 1}", "Sluice-Tenant: acme");
        assertThat(onlyCall().call().tenant()).isEqualTo("acme");
    }

    @Test
    void givesEveryQueryAnId() {
        String first = http.post("/echo", "{\"input\": 1}").header("Sluice-Id");
        String second = http.post("/nobody", "{\"input\": 1}").header("Sluice-Id");
        assertThat(first).matches("[0-9a-f]{24}");
        assertThat(second).matches("[0-9a-f]{24}").isNotEqualTo(first);
        assertThat(onlyCall().call().id()).isEqualTo(first);
    }

    // --- refusals ---

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sluice-Slo-Ms: x|Sluice-Slo-Ms must be a number",
                "Sluice-Slo-Ms: NaN|Sluice-Slo-Ms must be a number",
                "Sluice-Slo-Ms: 0|Sluice-Slo-Ms must be greater than 0",
                "Sluice-Slo-Ms: -1|Sluice-Slo-Ms must be greater than 0",
                "Sluice-Priority: 1.5|Sluice-Priority must be a whole number",
                "Sluice-Priority: -1|Sluice-Priority must be between",
                "Sluice-Priority: 256|Sluice-Priority must be between",
                "Sluice-Version: a b|Sluice-Version is not a version's name",
                "Sluice-Version: |Sluice-Version is not a version's name",
                "Sluice-Id: a b|Sluice-Id must be",
                "Sluice-Tenant: a b|Sluice-Tenant must be"
            })
    void refusesABadHeader(String header, String sentence) {
        Response response = http.post("/echo", "hello", "Content-Type: text/plain", header);
        assertProblem(response, 400, "INVALID_INPUT").contains(sentence);
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void writesAProblemInFull() {
        Response response = http.post("/vadder", "{\"inptu\": 1}", "Sluice-Id: mine");
        assertThat(response.body())
                .isEqualTo("{\"type\":\"urn:sluice:problem:invalid-input\",\"title\":\"Invalid input\",\"status\":400,"
                        + "\"detail\":\"The member inptu is not known; an envelope has input, slo_ms, priority, version and id.\","
                        + "\"code\":\"INVALID_INPUT\",\"actor\":\"vadder\",\"retryable\":false,\"success\":false}");
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.header("Sluice-Id")).isEqualTo("mine");
    }

    @Test
    void refusesSeededDamageAndKeepsTheConnection() {
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            byte[] body = ("{\"input\": " + JsonTexts.value(random, 2) + ", \"slo_ms\": 500}")
                    .getBytes(StandardCharsets.UTF_8);
            Response response = http.post("/echo", JsonTexts.damage(random, body));
            assertThat(response.status()).isIn(200, 400);
            if (response.status() == 400) {
                refused++;
                assertProblem(response, 400, "INVALID_INPUT");
            }
        }
        assertThat(refused).isGreaterThan(100);
        assertThat(http.post("/vadder", "{\"input\": 1}").status()).isEqualTo(200);
    }

    @Test
    void refusesAnEmptyBodyWithASentence() {
        assertProblem(http.post("/vadder", ""), 400, "INVALID_INPUT").contains("The body is empty");
        assertProblem(http.request("POST", "/vadder"), 400, "INVALID_INPUT").contains("The body is empty");
    }

    @Test
    void namesAnUnknownActor() {
        assertProblem(http.post("/vader", "{\"input\": 1}"), 404, "NOT_FOUND")
                .contains("There is no actor vader. Did you mean vadder?")
                .contains("\"actor\":\"vader\"");
        assertProblem(http.post("/zzzzzzzz", "{\"input\": 1}"), 404, "NOT_FOUND")
                .contains("There are ", "vadder");
    }

    @Test
    void namesAnUnknownMethodAndTheKnownOnes() {
        assertProblem(http.post("/vadder/count", "{\"input\": 1}"), 404, "NOT_FOUND")
                .contains("The actor vadder has no method count; it has call, other.");
    }

    @Test
    void refusesPathsThatAreNone() {
        assertProblem(http.post("/vadder/call/x", "{\"input\": 1}"), 404, "NOT_FOUND")
                .contains("/{actor}/{method}");
        assertProblem(http.post("//vadder", "{\"input\": 1}"), 404, "NOT_FOUND");
        assertProblem(http.post("/vad%zz", "{\"input\": 1}"), 400, "INVALID_INPUT");
        assertProblem(http.post("/", "{\"input\": 1}"), 405, "INVALID_INPUT");
        assertProblem(http.post("/api/vadder", "{\"input\": 1}"), 404, "NOT_FOUND");
    }

    @Test
    void isUnavailableUntilTheCatalogueIsThere() {
        gateway.ready(false);
        Response response = http.post("/vadder", "{\"input\": 1}");
        assertProblem(response, 503, "UNAVAILABLE").contains("\"retryable\":true");
        assertThat(response.header("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_INPUT, 400, ''", "UNAUTHENTICATED, 401, ''", "FORBIDDEN, 403, ''", "NOT_FOUND, 404, ''",
                "TOO_LARGE, 413, ''",
        "QUOTA, 429, 2", "OVERLOADED, 503, 2", "UNMEETABLE, 503, 2", "EXPIRED, 504, ''", "UNAVAILABLE, 503, 2",
        "LOST, 500, ''", "FAILED, 500, ''", "CANCELLED, 499, ''"
    })
    void mapsEveryOutcome(String code, int status, String retryAfter) {
        Response response = http.post("/failing", "{\"input\": \"" + code + "\"}");
        assertProblem(response, status, code).contains("It is planned.").contains("\"actor\":\"failing\"");
        assertThat(response.header("Retry-After")).isEqualTo(retryAfter);
        assertThat(response.header("Sluice-Id")).hasSize(24);
    }

    @Test
    void answersWhereTheGatewayBreaksItsContract() {
        assertProblem(http.post("/empty", "{\"input\": 1}"), 500, "FAILED").contains("without a result");
        assertProblem(http.post("/broken", "{\"input\": 1}"), 500, "FAILED").doesNotContain("planted");
        assertProblem(http.post("/thrower", "{\"input\": 1}"), 500, "FAILED").doesNotContain("planted");
        assertThat(http.post("/twice", "{\"input\": 1}").body()).endsWith("\"result\": 1}");
        gateway.actor("badtype", false, call -> gateway.answer(new byte[] {1}, "text/x\r\nEvil: yes"));
        assertProblem(http.post("/badtype", "1", "Content-Type: text/plain"), 500, "FAILED");
    }

    @Test
    void refusesEncodingsItDoesNotKnow() {
        assertProblem(http.post("/vadder", "{\"input\": 1}", "Content-Encoding: gzip"), 415, "INVALID_INPUT")
                .contains("gzip");
        assertProblem(
                http.post("/vadder", "{\"input\": 1}", "Content-Type: application/json; charset=utf-16"),
                415,
                "INVALID_INPUT");
        assertThat(http.post("/vadder", "{\"input\": 1}", "Content-Encoding: identity")
                        .status())
                .isEqualTo(200);
    }

    // --- limits ---

    @Test
    void takesAnInputOfExactlyTheLimit() {
        gateway.maxPayloadBytes(1_000);
        String input = "\"" + "x".repeat(998) + "\"";
        assertThat(http.post("/echo", "{\"input\": " + input + ", \"slo_ms\": 20000}")
                        .status())
                .isEqualTo(200);
        assertThat(http.post("/echo", "x".repeat(1_000), "Content-Type: text/plain")
                        .status())
                .isEqualTo(200);
        assertProblem(http.post("/echo", "{\"input\": \"" + "x".repeat(999) + "\"}"), 413, "TOO_LARGE")
                .contains("1000 bytes");
        assertProblem(http.post("/echo", "x".repeat(1_001), "Content-Type: text/plain"), 413, "TOO_LARGE");
    }

    @Test
    void refusesALargeBodyByItsLengthWithoutWaitingForIt() {
        gateway.maxPayloadBytes(1_000);
        http.send(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 100000000\r\n\r\n");
        Response response = http.read();
        assertProblem(response, 413, "TOO_LARGE");
        assertThat(response.header("Connection")).isEqualTo("close");
        assertThat(http.isClosedByServer()).isTrue();
    }

    @Test
    void doesNotAskForABodyThatIsTooLarge() {
        gateway.maxPayloadBytes(1_000);
        http.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 100000000\r\n"
                + "Expect: 100-continue\r\n\r\n");
        assertProblem(http.read(), 413, "TOO_LARGE");
    }

    @Test
    void isReadByACallerThatIsStillSending() {
        gateway.maxPayloadBytes(100_000);
        http.send(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 20000000\r\n\r\n");
        for (int sent = 0; sent < 200; sent++) {
            http.send("x".repeat(100_000));
        }
        assertProblem(http.read(), 413, "TOO_LARGE");
        assertThat(http.isClosedByServer()).isTrue();
    }

    @Test
    void refusesAChunkedBodyOnceItIsTooLarge() {
        gateway.maxPayloadBytes(10_000);
        http.send(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int sent = 0; sent < 100; sent++) {
            http.send("400\r\n" + "x".repeat(1_024) + "\r\n");
        }
        assertProblem(http.read(), 413, "TOO_LARGE");
        assertThat(http.isClosedByServer()).isTrue();
    }

    @Test
    void refusesABodyThatThereIsNoRoomForWhileItStillComes() {
        gateway.maxRetainedBytes(10_000);
        http.send(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 50000\r\n\r\n");
        http.send("x".repeat(20_000));
        assertProblem(http.read(), 503, "OVERLOADED").contains("sluice.frontend.max-retained");
        assertThat(http.isClosedByServer()).isTrue();
        await().until(() -> gateway.retained().held() == 0);
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void countsABodyNoLongerOnceItsQueryHasEnded() {
        gateway.maxRetainedBytes(100_000);
        for (int i = 0; i < 5; i++) {
            await().until(() -> gateway.retained().held() == 0);
            assertThat(http.post("/echo", "x".repeat(50_000), "Content-Type: text/plain")
                            .status())
                    .isEqualTo(200);
        }
        await().until(() -> gateway.retained().held() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000, 300_000})
    void handsABodyToTheGatewayStillCounted(int size) {
        long[] seen = new long[2];
        gateway.actor("weigh", false, call -> {
            seen[0] = call.charge();
            seen[1] = gateway.retained().held();
            return gateway.answer("1");
        });
        String envelope = "{\"input\": \"" + "x".repeat(size) + "\"}";
        assertThat(http.post("/weigh", envelope).status()).isEqualTo(200);
        assertThat(seen[0]).isEqualTo(seen[1]).isGreaterThan(envelope.length());
        await().until(() -> gateway.retained().held() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 300_000})
    void givesBackWhatABodyThatIsNoQueryWasCountedFor(int size) {
        assertProblem(http.post("/echo", "{\"input\": \"" + "x".repeat(size)), 400, "INVALID_INPUT");
        await().until(() -> gateway.retained().held() == 0);
    }

    @Test
    void givesBackWhatTheBodyOfACallerThatLeftWasCountedFor() {
        for (int i = 0; i < 20; i++) {
            try (RawHttp caller = frontend.connect()) {
                caller.sendPost(
                        "/never", ("{\"input\": \"" + "x".repeat(300_000) + "\"}").getBytes(StandardCharsets.UTF_8));
            }
        }
        frontend.awaitEventLoops();
        await().until(() -> gateway.retained().held() == 0);
    }

    @Test
    void dropsAShortBodyOfARefusedRequestAndKeepsTheConnection() {
        for (int i = 0; i < 20; i++) {
            assertThat(http.post("/nobody", "x".repeat(50_000)).status()).isEqualTo(404);
        }
        assertThat(http.post("/vadder", "{\"input\": 1}").status()).isEqualTo(200);
    }

    // --- callers that go ---

    @Test
    void cancelsTheQueryOfACallerThatGoes() {
        http.sendPost("/never", "{\"input\": 1}".getBytes(StandardCharsets.UTF_8));
        await().until(() -> gateway.calls().size() == 1);
        http.close();
        await().until(() -> gateway.cancelledCalls() == 1);
    }

    @Test
    void cancelsAStreamWhoseCallerGoes() {
        http.sendPost("/stuck", "{\"input\": 1}".getBytes(StandardCharsets.UTF_8), "Accept: text/event-stream");
        assertThat(http.readHead().status()).isEqualTo(200);
        assertThat(http.readChunk()).isEqualTo("data: 1\n\n");
        http.close();
        await().until(() -> gateway.cancelledCalls() == 1);
    }

    @Test
    void cancelsACollectedStreamWhoseCallerGoes() {
        http.sendPost("/stuck", "{\"input\": 1}".getBytes(StandardCharsets.UTF_8));
        await().until(() -> gateway.calls().size() == 1);
        http.close();
        await().until(() -> gateway.cancelledCalls() == 1);
    }

    @Test
    void forgetsABodyThatNeverEnds() {
        http.send(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nhalf");
        http.close();
        assertThat(frontend.connect().post("/vadder", "{\"input\": 1}").status())
                .isEqualTo(200);
        assertThat(gateway.calls()).hasSize(1);
    }

    @Test
    void survivesAStormOfCallersThatGo() {
        for (int i = 0; i < 300; i++) {
            try (RawHttp caller = frontend.connect()) {
                caller.sendPost(
                        List.of("/never", "/late", "/elsewhere").get(i % 3),
                        "{\"input\": 1}".getBytes(StandardCharsets.UTF_8));
            }
        }
        for (int i = 0; i < 50; i++) {
            assertThat(http.post("/vadder", "{\"input\": 1}").status()).isEqualTo(200);
        }
        frontend.awaitEventLoops();
    }

    // --- streams ---

    @Test
    void streamsAnswersAsEvents() {
        Response response = http.post("/ticks", "{\"input\": 3}", "Accept: text/event-stream");
        assertThat(response.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
        assertThat(response.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(response.header("Sluice-Id")).hasSize(24);
        assertThat(response.body())
                .isEqualTo("data: 1\n\ndata: 2\n\ndata: 3\n\nevent: end\ndata: {\"success\": true}\n\n");
    }

    @Test
    void streamsManyAnswersAndKeepsTheConnection() {
        for (int round = 0; round < 3; round++) {
            String body = http.post("/ticks", "{\"input\": 5000}", "Accept: text/event-stream")
                    .body();
            assertThat(body.split("\n\n"))
                    .hasSize(5_001)
                    .startsWith("data: 1", "data: 2")
                    .endsWith("event: end\ndata: {\"success\": true}");
        }
    }

    @Test
    void givesASingleAnswerAsOneEvent() {
        assertThat(http.post("/vadder", "{\"input\": 3}", "Accept: text/event-stream")
                        .body())
                .isEqualTo("data: 4\n\nevent: end\ndata: {\"success\": true}\n\n");
    }

    @Test
    void givesAnEmptyStreamOnlyItsEnd() {
        assertThat(http.post("/ticks", "{\"input\": 0}", "Accept: text/event-stream")
                        .body())
                .isEqualTo("event: end\ndata: {\"success\": true}\n\n");
    }

    @Test
    void writesEachLineOfAnAnswerAsAFieldOfItsOwn() {
        gateway.actor(
                "lines",
                true,
                call -> gateway.answer("[1,\n2,\r\n3,\r4]")
                        .concatWith(gateway.answer(new byte[] {1, 2, 3}, "application/octet-stream")));
        assertThat(http.post("/lines", "{\"input\": 1}", "Accept: text/event-stream")
                        .body())
                .isEqualTo(
                        "data: [1,\ndata: 2,\ndata: 3,\ndata: 4]\n\ndata: AQID\n\nevent: end\ndata: {\"success\": true}\n\n");
    }

    @Test
    void endsAFailedStreamWithAnErrorEvent() {
        String body = http.post("/spoilt", "{\"input\": 1}", "Accept: text/event-stream")
                .body();
        assertThat(body)
                .startsWith("data: 1\n\nevent: error\ndata: {\"type\":\"urn:sluice:problem:lost\"")
                .contains("\"actor\":\"spoilt\"")
                .endsWith("\"success\":false}\n\n");
    }

    @Test
    void givesAStreamThatFailsAtOnceItsStatus() {
        Response response = http.post("/failing", "{\"input\": \"OVERLOADED\"}", "Accept: text/event-stream");
        assertProblem(response, 503, "OVERLOADED");
        assertThat(response.header("Retry-After")).isEqualTo("2");
    }

    @Test
    void collectsAStreamForACallerThatDidNotAskForEvents() {
        assertThat(http.post("/ticks", "{\"input\": 3}").body())
                .isEqualTo("{\"success\": true, \"actor\": \"ticks\", \"result\": [1, 2, 3]}");
        assertThat(http.post("/ticks", "{\"input\": 0}").body()).endsWith("\"result\": []}");
        assertThat(http.post("/ticks", "2", "Content-Type: text/plain").body()).isEqualTo("[1, 2]");
        assertProblem(http.post("/spoilt", "{\"input\": 1}"), 500, "LOST");
    }

    @Test
    void collectsNoMoreThanItsLimit() {
        assertProblem(http.post("/ticks", "{\"input\": 900}"), 413, "TOO_LARGE").contains("Accept: text/event-stream");
        await().until(() -> gateway.cancelledCalls() == 1);
    }

    @Test
    void slowsAStreamDownForASlowReader() throws InterruptedException {
        java.util.concurrent.atomic.AtomicInteger made = new java.util.concurrent.atomic.AtomicInteger();
        String large = "\"" + "x".repeat(100_000) + "\"";
        gateway.actor(
                "flood",
                true,
                call -> reactor.core.publisher.Flux.range(0, 100_000)
                        .concatMap(
                                i -> {
                                    made.incrementAndGet();
                                    return gateway.answer(large);
                                },
                                1));
        http.sendPost("/flood", "{\"input\": 1}".getBytes(StandardCharsets.UTF_8), "Accept: text/event-stream");
        assertThat(http.readHead().status()).isEqualTo(200);
        int[] before = {-1};
        await().pollInterval(300, TimeUnit.MILLISECONDS).until(() -> {
            boolean still = made.get() == before[0];
            before[0] = made.get();
            return still;
        });
        assertThat(made.get()).isLessThan(1_000);
        http.close();
        await().until(() -> gateway.cancelledCalls() == 1);
    }

    // --- streams of one body ---

    private static final String ARROW = "application/vnd.apache.arrow.stream";

    private void body(Flux<Answer> end) {
        gateway.body(
                "table",
                ARROW,
                call -> Flux.range(1, 3)
                        .concatMap(i -> gateway.answer(("piece " + i + " ").getBytes(StandardCharsets.US_ASCII), ARROW))
                        .concatWith(end));
    }

    @Test
    void streamsTheBodyThatResultsArePiecesOfToABareCallAndToWhoAcceptsIt() {
        body(Flux.empty());
        for (Response response : List.of(
                http.post("/table/pieces", "1", "Content-Type: application/octet-stream"),
                http.post("/table/pieces", "{\"input\": 1}", "Accept: " + ARROW),
                http.post(
                        "/table",
                        "{\"input\": 1}",
                        "Accept: text/csv, " + ARROW.toUpperCase(Locale.ROOT) + ";q=0.9"))) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).isEqualTo(ARROW);
            assertThat(response.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(response.body()).isEqualTo("piece 1 piece 2 piece 3 ");
        }
        assertThat(gateway.calls()).extracting(seen -> seen.call().method()).containsOnly("pieces");
    }

    @Test
    void putsSuchABodyIntoTheEnvelopeForWhoAcceptsAnything() {
        body(Flux.empty());
        String base64 =
                Base64.getEncoder().encodeToString("piece 1 piece 2 piece 3 ".getBytes(StandardCharsets.US_ASCII));
        for (String accept : List.of("Accept: */*", "Accept: application/json")) {
            assertThat(http.post("/table/pieces", "{\"input\": 1}", accept).body())
                    .isEqualTo("{\"success\": true, \"actor\": \"table\", \"result\": \"" + base64
                            + "\", \"media_type\": \"" + ARROW + "\"}");
        }
        http.post("/table", "{\"input\": 1}", "Accept: */*");
        assertThat(gateway.calls())
                .last()
                .extracting(seen -> seen.call().method())
                .isEqualTo("call");
        gateway.body("large", ARROW, call -> Flux.range(0, 100).concatMap(i -> gateway.answer(new byte[1000], ARROW)));
        assertProblem(http.post("/large/pieces", "{\"input\": 1}"), 413, "TOO_LARGE")
                .contains("Accept: " + ARROW);
    }

    @Test
    void breaksOffABodyWhoseQueryFailsOnTheWay() {
        body(Flux.error(new QueryException(ErrorCode.LOST, "The replica is gone.")));
        http.sendPost("/table/pieces", "{\"input\": 1}".getBytes(StandardCharsets.UTF_8), "Accept: " + ARROW);
        assertThat(http.readHead().status()).isEqualTo(200);
        // No last chunk: whoever reads it knows that it is not whole.
        assertThatThrownBy(() -> {
                    for (String chunk = "more"; !chunk.isEmpty(); ) {
                        chunk = http.readChunk();
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void givesABodyThatFailsAtOnceItsStatus() {
        gateway.body("failing-table", ARROW, call -> Flux.error(new QueryException(ErrorCode.INVALID_INPUT, "No.")));
        assertProblem(http.post("/failing-table", "{\"input\": 1}", "Accept: " + ARROW), 400, "INVALID_INPUT");
    }

    private FakeGateway.Seen onlyCall() {
        assertThat(gateway.calls()).hasSize(1);
        return gateway.calls().get(0);
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertProblem(
            Response response, int status, String code) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        return assertThat(response.body())
                .startsWith("{\"type\":\"urn:sluice:problem:")
                .contains("\"status\":" + status, "\"code\":\"" + code + "\"")
                .endsWith("\"success\":false}");
    }
}
