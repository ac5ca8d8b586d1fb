package dev.sluice.frontend.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

    private static final int MUTATIONS = 20_000;
    private static final int WINDOW = 50;
    private static final long SEED = 4_712;

    private static final List<byte[]> VALID = List.of(
            utf8("{\"id\": \"q-1\", \"input\": 10, \"slo_ms\": 100, \"priority\": 1}"),
            utf8("{\"id\": \"q-2\", \"input\": {\"a\": [1, \"b\"]}, \"version\": \"2\"}"),
            utf8("{\"id\": \"q-3\", \"input\": \"text\"}"),
            binary("{\"id\": \"b-1\", \"media_type\": \"image/png\"}", new byte[] {1, 2, 3}),
            binary("{\"id\": \"b-2\"}", utf8("[1]")));

    private static TestFrontend frontend;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start();
    }

    @AfterAll
    static void stop() {
        frontend.close();
    }

    @Test
    void answersEachOfManyMutations() {
        FakeGateway gateway = frontend.gateway();
        Random random = new Random(SEED);
        int answers = 0;
        int failures = 0;
        try (RawSocket socket = RawSocket.open(frontend.port(), "/echo/stream")) {
            for (int done = 0; done < MUTATIONS; done += WINDOW) {
                for (int i = 0; i < WINDOW; i++) {
                    byte[] message = mutated(random);
                    int opcode = random.nextBoolean() ? RawSocket.TEXT : RawSocket.BINARY;
                    int cut = random.nextInt(message.length + 1);
                    socket.send(opcode, false, Arrays.copyOf(message, cut));
                    socket.send(RawSocket.CONTINUATION, true, Arrays.copyOfRange(message, cut, message.length));
                }
                for (int i = 0; i < WINDOW; i++) {
                    if (success(socket.next())) {
                        answers++;
                    } else {
                        failures++;
                    }
                }
            }
            WebSocketCallsTest.assertServed(socket);
        }
        assertThat(answers).isPositive();
        assertThat(failures).isPositive();
        gateway.assertReleased();
    }

    private static boolean success(RawSocket.Frame reply) {
        if (reply.opcode() == RawSocket.BINARY) {
            return RawSocket.header(reply).path("success").asBoolean();
        }
        assertThat(reply.opcode()).isEqualTo(RawSocket.TEXT);
        // What an input holds that is no JSON, such as a control character, comes back as it is.
        if (reply.text().contains("\"success\": true")) {
            return true;
        }
        JsonNode json = JsonMapper.shared().readTree(reply.text());
        assertThat(json.has("code")).isTrue();
        assertThat(json.path("message").asString()).isNotEmpty();
        return false;
    }

    private static byte[] mutated(Random random) {
        byte[] message = VALID.get(random.nextInt(VALID.size())).clone();
        for (int i = 0; i < random.nextInt(3); i++) {
            int at = random.nextInt(message.length + 1);
            message = switch (random.nextInt(4)) {
                case 0 -> {
                    if (at < message.length) {
                        message[at] = (byte) random.nextInt();
                    }
                    yield message;
                }
                case 1 -> Arrays.copyOf(message, at);
                case 2 ->
                    joined(
                            Arrays.copyOf(message, at),
                            randomBytes(random),
                            Arrays.copyOfRange(message, at, message.length));
                default -> joined(message, message, new byte[0]);
            };
        }
        return message;
    }

    private static byte[] joined(byte[] a, byte[] b, byte[] c) {
        return ByteBuffer.allocate(a.length + b.length + c.length)
                .put(a)
                .put(b)
                .put(c)
                .array();
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] binary(String header, byte[] payload) {
        byte[] json = utf8(header);
        return joined(ByteBuffer.allocate(4).putInt(json.length).array(), json, payload);
    }
}
