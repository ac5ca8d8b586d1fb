package dev.sluice.frontend.websocket;

import static dev.sluice.common.testing.Mutator.joined;
import static dev.sluice.common.testing.Mutator.part;
import static dev.sluice.common.testing.Mutator.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.mutation.MutationRun;
import dev.sluice.frontend.query.FakeGateway;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Valid messages with something changed in them: each is answered, by a result or a failure that says which. */
@ExtendWith(LeakGuard.class)
@Timeout(300)
class WebSocketMutationsTest {

    private static final int WINDOW = 50;
    private static final int CONNECTIONS = 1_000;

    private static final List<String> TEXTS = List.of(
            "{'id': '%s', 'input': 10, 'slo_ms': 100, 'priority': 1}",
            "{'id': '%s', 'input': {'a': [1, 'b']}, 'version': '2'}", "{'id': '%s', 'input': 'text'}");

    private static final Pattern RESULT =
            Pattern.compile("\\{\"id\": \"(.*)\", \"success\": true, \"result\": (.*)}", Pattern.DOTALL);

    private static TestFrontend frontend;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start();
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    /** Whose answer is known by the id, unless that was changed too. */
    private record Sent(String id, byte[] bytes, boolean untouched) {}

    @Test
    void answersEachOfManyMutations() {
        Mutator mutator = new Mutator(4_712);
        try (RawSocket socket = RawSocket.open(frontend.port(), "/echo/stream");
                RawSocket other = RawSocket.open(frontend.port(), "/echo/stream")) {
            MutationRun run = new MutationRun(frontend.gateway(), () -> WebSocketCallsTest.assertServed(other));
            run.send(MutationRun.REQUESTS, WINDOW, () -> window(socket, mutator, run));
            WebSocketCallsTest.assertServed(socket);
        }
    }

    private static void window(RawSocket socket, Mutator mutator, MutationRun run) {
        Map<String, Sent> sent = new HashMap<>();
        for (int i = 0; i < WINDOW; i++) {
            Sent message = message(mutator, i);
            sent.put(message.id, message);
            int opcode = message.untouched ? opcode(message) : mutator.oneOf(List.of(RawSocket.TEXT, RawSocket.BINARY));
            int cut = mutator.random().nextInt(message.bytes.length + 1);
            socket.send(opcode, false, part(message.bytes, 0, cut));
            socket.send(RawSocket.CONTINUATION, true, part(message.bytes, cut, message.bytes.length));
        }
        for (int i = 0; i < WINDOW; i++) {
            run.ended(isAnswer(socket.next(), sent));
        }
        assertThat(sent.values()).as("not answered").noneMatch(Sent::untouched);
    }

    private static int opcode(Sent message) {
        return message.bytes.length > 0 && message.bytes[0] == '{' ? RawSocket.TEXT : RawSocket.BINARY;
    }

    private static Sent message(Mutator mutator, int number) {
        String id = number + "-" + Long.toHexString(mutator.random().nextLong());
        byte[] valid = mutator.once(2)
                ? utf8(mutator.oneOf(TEXTS).formatted(id).replace('\'', '"'))
                : binary("{\"id\": \"" + id + "\", \"media_type\": \"image/png\"}", mutator.some(5));
        boolean untouched = mutator.once(6);
        return new Sent(id, untouched ? valid : changed(valid, mutator), untouched);
    }

    private static byte[] changed(byte[] valid, Mutator mutator) {
        boolean text = valid[0] == '{' && mutator.once(2);
        return text ? utf8(mutator.json(new String(valid, StandardCharsets.UTF_8))) : mutator.bytes(valid);
    }

    private static boolean isAnswer(RawSocket.Frame reply, Map<String, Sent> sent) {
        boolean binary = reply.opcode() == RawSocket.BINARY;
        assertThat(reply.opcode()).isIn(RawSocket.TEXT, RawSocket.BINARY);
        if (!binary && reply.text().contains("\"success\": true")) {
            assertEchoed(reply.text(), sent);
            return true;
        }
        JsonNode json = binary ? RawSocket.header(reply) : JsonMapper.shared().readTree(reply.text());
        Sent asked = sent.get(json.path("id").asString(""));
        boolean success = json.path("success").asBoolean();
        if (success) {
            assertThat(asked == null || contains(asked.bytes, RawSocket.body(reply)))
                    .as("the input back")
                    .isTrue();
        } else {
            assertThat(json.path("code").asString()).isNotEmpty().isNotEqualTo("FAILED");
            assertThat(json.path("message").asString()).isNotEmpty();
        }
        if (asked != null) {
            assertThat(success || !asked.untouched).as("%s", json).isTrue();
            sent.remove(asked.id);
        }
        return success;
    }

    /** What an input holds that is no JSON, such as a control character, comes back as it is: so that is text, not a tree. */
    private static void assertEchoed(String reply, Map<String, Sent> sent) {
        Matcher parts = RESULT.matcher(reply);
        assertThat(parts.matches()).as(reply).isTrue();
        Sent asked = sent.remove(parts.group(1));
        if (asked != null && !reply.contains("media_type")) {
            assertThat(new String(asked.bytes, StandardCharsets.UTF_8)).contains(parts.group(2));
        }
    }

    private static boolean contains(byte[] all, byte[] part) {
        return new String(all, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }

    /** Frames whose own bytes are changed may end their socket, and no other. */
    @Test
    void endsNoSocketForAnothersFrames() {
        Mutator mutator = new Mutator(4_721);
        try (RawSocket other = RawSocket.open(frontend.port(), "/echo/stream")) {
            for (int done = 0; done < CONNECTIONS; done++) {
                Sent message = message(mutator, done);
                byte[] frame = RawSocket.frame(opcode(message), true, message.bytes);
                try (RawSocket socket = RawSocket.open(frontend.port(), "/echo/stream")) {
                    socket.write(mutator.bytes(frame));
                }
                WebSocketCallsTest.assertServed(other);
            }
        }
        FakeGateway gateway = frontend.gateway();
        await().untilAsserted(() -> assertThat(gateway.unreleased()).isEmpty());
        await().untilAsserted(() -> assertThat(gateway.retained().held()).isZero());
        gateway.forgetCalls();
    }

    private static byte[] binary(String header, byte[] payload) {
        byte[] json = utf8(header);
        return joined(ByteBuffer.allocate(4).putInt(json.length).array(), json, payload);
    }
}
