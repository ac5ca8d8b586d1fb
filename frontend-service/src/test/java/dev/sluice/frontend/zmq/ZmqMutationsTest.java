package dev.sluice.frontend.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZMsg;
import tools.jackson.databind.JsonNode;

/** Valid messages with something changed in them: each is answered, by a result or a failure that says which. */
@ExtendWith(LeakGuard.class)
@Timeout(300)
class ZmqMutationsTest {

    private static final int MUTATIONS = 20_000;
    private static final int WINDOW = 50;
    private static final long SEED = 4_711;

    private static final List<List<String>> VALID = List.of(
            List.of("vadder", "{\"slo_ms\": 100, \"priority\": 1}", "10"),
            List.of("", "vadder/other", "{\"media_type\": \"application/json\"}", "10"),
            List.of("echo", "{\"version\": \"1\", \"tenant\": \"acme\", \"stream\": false}", "[1, 2, 3]"),
            List.of("hop", "", "picture", "{}", "1"),
            List.of("{\"actor\": \"vadder\", \"input\": 10, \"slo_ms\": 1000}"),
            List.of(
                    "",
                    "{\"actor\": \"echo\", \"method\": \"other\", \"input\": {\"a\": [1, \"b\"]}, \"priority\": 3}"));

    private static TestFrontend frontend;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start("logging.level.dev.sluice.frontend.message.MessageQuery=off");
        // What the actor of numbers says to what is none is a fault of this frontend's double.
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
        try (ZmqClient client = ZmqClient.of(SocketType.DEALER)) {
            client.socket().setRcvHWM(0);
            client.connect(frontend.bean(ZmqServer.class).endpoint());
            for (int done = 0; done < MUTATIONS; done += WINDOW) {
                for (int i = 0; i < WINDOW; i++) {
                    client.send(mutated(random));
                }
                for (int i = 0; i < WINDOW; i++) {
                    if (success(client.receiveBytes())) {
                        answers++;
                    } else {
                        failures++;
                    }
                }
            }
            client.assertServed();
        }
        assertThat(answers).isPositive();
        assertThat(failures).isPositive();
        gateway.assertReleased();
    }

    /** The frame that tells how it went is the one that is JSON and has that member; before it there may be hops. */
    private static boolean success(List<byte[]> reply) {
        for (byte[] frame : reply) {
            String text = new String(frame, StandardCharsets.UTF_8);
            if (text.startsWith("{\"success\": ")) {
                JsonNode json = ZmqClient.json(text);
                boolean success = json.path("success").asBoolean();
                assertThat(json.has("code")).isEqualTo(!success);
                assertThat(json.has("message")).isEqualTo(!success);
                return success;
            }
        }
        throw new AssertionError("A reply that says nothing: " + ZMsg.newStringMsg(reply.toString()));
    }

    private static byte[][] mutated(Random random) {
        List<byte[]> frames = new ArrayList<>();
        for (String frame : VALID.get(random.nextInt(VALID.size()))) {
            frames.add(frame.getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i <= random.nextInt(3); i++) {
            mutate(frames, random);
        }
        return frames.toArray(byte[][]::new);
    }

    private static void mutate(List<byte[]> frames, Random random) {
        int at = random.nextInt(frames.size());
        byte[] frame = frames.get(at);
        switch (random.nextInt(9)) {
            case 0 -> frames.set(at, changed(frame, random));
            case 1 -> frames.set(at, Arrays.copyOf(frame, random.nextInt(frame.length + 1)));
            case 2 -> frames.set(at, inserted(frame, random));
            case 3 -> frames.add(at, new byte[0]);
            case 4 -> frames.add(frame);
            case 5 -> {
                if (frames.size() > 1) {
                    frames.remove(at);
                }
            }
            case 6 -> frames.set(at, randomBytes(random));
            case 7 -> frames.set(at, frames.get(random.nextInt(frames.size())));
            default -> {
                for (int i = random.nextInt(20); i > 0; i--) {
                    frames.add(randomBytes(random));
                }
            }
        }
    }

    private static byte[] changed(byte[] frame, Random random) {
        byte[] copy = frame.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    private static byte[] inserted(byte[] frame, Random random) {
        byte[] more = randomBytes(random);
        int at = random.nextInt(frame.length + 1);
        byte[] all = new byte[frame.length + more.length];
        System.arraycopy(frame, 0, all, 0, at);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(frame, at, all, at + more.length, frame.length - at);
        return all;
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }
}
