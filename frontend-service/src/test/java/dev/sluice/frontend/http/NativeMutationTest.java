package dev.sluice.frontend.http;

import static dev.sluice.common.testing.Mutator.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.http.RawHttp.Response;
import dev.sluice.frontend.mutation.MutationRun;
import dev.sluice.frontend.mutation.StrictActors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Valid queries with something changed: each has the result of what was sent, or a problem that says what is wrong, and none ends the connection. */
@ExtendWith(LeakGuard.class)
@Timeout(300)
class NativeMutationTest {

    private static final int WINDOW = 50;
    private static final String JSON = "Content-Type: application/json";
    private static final String EVENTS = "Accept: text/event-stream";

    private enum Change {
        NONE,
        /** Of what the request is asked for. */
        PATH,
        /** Of how the body is to be read. */
        TYPE,
        OTHER
    }

    private record Request(String path, byte[] body, List<String> headers, Change change) {

        static Request of(String path, String body, String... headers) {
            return new Request(path, utf8(body), List.of(headers), Change.NONE);
        }

        boolean isJson() {
            return headers.contains(JSON);
        }
    }

    private static final List<Request> VALID = List.of(
            Request.of("/sums", "{\"input\": 10, \"slo_ms\": 1000, \"priority\": 1}", JSON),
            Request.of(
                    "/echo",
                    "{\"input\": {\"a\": [1, \"\u00e9\", null]}, \"id\": \"q-1\"}",
                    JSON,
                    "Sluice-Priority: 3"),
            Request.of("/echo/other", "{\"version\": \"1\", \"input\": \"text\"}", JSON, "Sluice-Tenant: acme"),
            Request.of("/counts", "{\"input\": 3}", JSON, EVENTS),
            Request.of("/counts", "{\"slo_ms\": 2.5, \"input\": 4}", JSON),
            Request.of("/echo", "\u0000\u0001PNG", "Content-Type: image/png", "Sluice-Slo-Ms: 100", "Sluice-Id: q-2"));

    private static TestFrontend frontend;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start();
        StrictActors.publish(frontend.gateway());
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    @Test
    void areAnswered() {
        Mutator mutator = new Mutator(4_713);
        try (RawHttp http = frontend.connect();
                RawHttp other = frontend.connect()) {
            MutationRun run = new MutationRun(frontend.gateway(), () -> assertServed(other));
            run.send(MutationRun.REQUESTS, WINDOW, () -> window(http, mutator, run));
            assertServed(http);
        }
    }

    private static void assertServed(RawHttp http) {
        assertThat(http.post("/sums", "{\"input\": 10}").body()).endsWith("\"result\": 11}");
    }

    private static void window(RawHttp http, Mutator mutator, MutationRun run) {
        List<Request> sent = new ArrayList<>();
        for (int i = 0; i < WINDOW; i++) {
            Request valid = mutator.oneOf(VALID);
            sent.add(mutator.once(8) ? valid : changed(valid, mutator));
            http.sendPost(
                    sent.get(i).path, sent.get(i).body, sent.get(i).headers.toArray(String[]::new));
        }
        for (Request request : sent) {
            Response response = http.read();
            boolean answered = response.status() == 200;
            if (!answered) {
                assertThat(request.change).as(response.body()).isNotEqualTo(Change.NONE);
                assertProblem(response);
            } else if (request.change != Change.PATH && request.change != Change.TYPE) {
                assertResult(request, response);
            }
            run.ended(answered);
        }
    }

    private static Request changed(Request valid, Mutator mutator) {
        if (mutator.once(12)) {
            return new Request(
                    "/" + printable(mutator.bytes(utf8(valid.path))), valid.body, valid.headers, Change.PATH);
        }
        if (mutator.once(8)) {
            List<String> headers = new ArrayList<>(valid.headers);
            int at = mutator.random().nextInt(headers.size());
            int value = headers.get(at).indexOf(':') + 1;
            headers.set(
                    at,
                    headers.get(at).substring(0, value)
                            + printable(mutator.bytes(utf8(headers.get(at).substring(value)))));
            Change change = headers.get(at).startsWith("Content-Type") ? Change.TYPE : Change.OTHER;
            return new Request(valid.path, valid.body, headers, change);
        }
        byte[] body = valid.isJson()
                ? mutator.jsonBytes(new String(valid.body, StandardCharsets.UTF_8))
                : mutator.bytes(valid.body);
        return new Request(valid.path, body, valid.headers, Change.OTHER);
    }

    /** What may stand in a request's head without changing where its parts begin. */
    private static String printable(byte[] bytes) {
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> bytes[i] > ' ' && bytes[i] < 127 ? Character.toString(bytes[i]) : "")
                .collect(Collectors.joining());
    }

    private static void assertProblem(Response response) {
        assertThat(response.status()).as(response.body()).isBetween(400, 499);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(response.body());
        assertThat(problem.path("success").asBoolean(true)).isFalse();
        assertThat(problem.path("status").asInt()).isEqualTo(response.status());
        assertThat(problem.path("code").asString()).isNotEmpty();
        assertThat(problem.path("detail").asString()).isNotEmpty();
    }

    private static void assertResult(Request sent, Response response) {
        if (!sent.isJson()) {
            assertThat(response.bytes()).isEqualTo(sent.body);
            return;
        }
        JsonNode input = input(sent.body);
        switch (sent.path) {
            case "/sums" -> assertThat(json(response).path("result").asLong()).isEqualTo(input.asLong() + 1);
            case "/counts" -> assertThat(counted(response)).isEqualTo(input.asInt());
            default -> assertThat(json(response).path("result")).isEqualTo(input);
        }
    }

    private static JsonNode json(Response response) {
        JsonNode json = JsonMapper.shared().readTree(response.body());
        assertThat(json.path("success").asBoolean()).isTrue();
        return json;
    }

    private static JsonNode input(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body).path("input");
        } catch (JacksonException e) {
            throw new AssertionError("answered, and no JSON: " + new String(body, StandardCharsets.UTF_8), e);
        }
    }

    /** How many numbers came, from 1 on. */
    private static int counted(Response response) {
        boolean events = response.header("Content-Type").startsWith("text/event-stream");
        List<Integer> numbers = new ArrayList<>();
        if (events) {
            response.body()
                    .lines()
                    .filter(line -> line.matches("data: ?\\d+"))
                    .forEach(line ->
                            numbers.add(Integer.parseInt(line.substring(5).strip())));
        } else {
            json(response).path("result").forEach(number -> numbers.add(number.asInt()));
        }
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
        return numbers.size();
    }
}
