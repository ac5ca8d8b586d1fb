package dev.sluice.frontend.zmq;

import static dev.sluice.common.testing.Mutator.joined;
import static dev.sluice.common.testing.Mutator.utf8;
import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.mutation.MutationRun;
import dev.sluice.frontend.mutation.StrictActors;
import dev.sluice.frontend.query.FakeGateway;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final int WINDOW = 50;
    private static final int CONNECTIONS = 1_000;

    /** With an id in the place of ID. */
    private static final List<List<String>> VALID = List.of(
            List.of("sums", "{\"id\": \"ID\", \"slo_ms\": 100, \"priority\": 1}", "10"),
            List.of("", "sums/other", "{\"media_type\": \"application/json\", \"id\": \"ID\"}", "10"),
            List.of(
                    "echo",
                    "{\"id\": \"ID\", \"version\": \"1\", \"tenant\": \"acme\", \"stream\": false}",
                    "[1, 2, 3]"),
            List.of("hop", "", "picture", "{\"id\": \"ID\"}", "1"),
            List.of("{\"actor\": \"sums\", \"id\": \"ID\", \"input\": 10, \"slo_ms\": 1000}"),
            List.of(
                    "",
                    "{\"actor\": \"echo\", \"method\": \"other\", \"input\": {\"a\": [1, \"b\"]}, \"priority\": 3, \"id\": \"ID\"}"));

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

    /** Whose answer is known by the id, unless that was changed too. */
    private record Sent(String id, List<byte[]> frames, boolean untouched) {

        /** Whether these bytes are in it, or a number one less. */
        boolean explains(byte[] result) {
            String all = new String(joined(frames.toArray(byte[][]::new)), StandardCharsets.ISO_8859_1);
            String text = new String(result, StandardCharsets.ISO_8859_1);
            return all.contains("picture")
                    || all.contains(text)
                    || text.matches("-?\\d{1,19}") && all.contains(Long.toString(Long.parseLong(text) - 1));
        }
    }

    @Test
    void answersEachOfManyMutations() {
        Mutator mutator = new Mutator(4_711);
        String endpoint = frontend.bean(ZmqServer.class).endpoint();
        try (ZmqClient client = ZmqClient.of(SocketType.DEALER);
                ZmqClient other = ZmqClient.dealer(endpoint)) {
            client.socket().setRcvHWM(0);
            client.connect(endpoint);
            MutationRun run = new MutationRun(frontend.gateway(), other::assertServed);
            run.send(MutationRun.REQUESTS, WINDOW, () -> window(client, mutator, run));
            client.assertServed();
        }
    }

    private static void window(ZmqClient client, Mutator mutator, MutationRun run) {
        Map<String, Sent> sent = new HashMap<>();
        for (int i = 0; i < WINDOW; i++) {
            Sent message = message(mutator, i);
            sent.put(message.id, message);
            client.send(message.frames.toArray(byte[][]::new));
        }
        for (int i = 0; i < WINDOW; i++) {
            run.ended(isAnswer(client.receiveBytes(), sent));
        }
        assertThat(sent.values()).as("not answered").noneMatch(Sent::untouched);
    }

    private static Sent message(Mutator mutator, int number) {
        String id = number + "-" + Long.toHexString(mutator.random().nextLong());
        List<byte[]> frames = mutator.oneOf(VALID).stream()
                .map(frame -> utf8(frame.replace("ID", id)))
                .toList();
        if (mutator.once(6)) {
            return new Sent(id, frames, true);
        }
        List<byte[]> changed = mutator.once(3) ? mutator.parts(frames) : new ArrayList<>(frames);
        if (!changed.isEmpty()) {
            int at = mutator.random().nextInt(changed.size());
            changed.set(at, mutator.jsonBytes(new String(changed.get(at), StandardCharsets.UTF_8)));
        }
        // A message of no frames is none.
        return new Sent(id, changed.isEmpty() ? List.of(new byte[0]) : changed, false);
    }

    /** The frame that tells how it went is the one that is JSON and has that member; before it there may be hops. */
    private static boolean isAnswer(List<byte[]> reply, Map<String, Sent> sent) {
        for (int i = 0; i < reply.size(); i++) {
            String text = new String(reply.get(i), StandardCharsets.UTF_8);
            if (text.startsWith("{\"success\": ")) {
                JsonNode json = ZmqClient.json(text);
                boolean success = json.path("success").asBoolean();
                assertThat(json.has("code")).isEqualTo(!success);
                assertThat(json.has("message")).isEqualTo(!success);
                assertThat(json.path("code").asString("")).as(text).isNotEqualTo("FAILED");
                Sent asked = sent.remove(json.path("id").asString(""));
                if (asked != null) {
                    assertThat(success || !asked.untouched).as(text).isTrue();
                    assertThat(!success || asked.explains(result(reply.subList(i, reply.size()), json)))
                            .as(text)
                            .isTrue();
                }
                return success;
            }
        }
        throw new AssertionError("A reply that says nothing: " + ZMsg.newStringMsg(reply.toString()));
    }

    private static byte[] result(List<byte[]> reply, JsonNode json) {
        if (reply.size() > 1) {
            return reply.get(1);
        }
        // Of trees the text may differ.
        return json.path("result").isIntegralNumber() ? utf8(json.path("result").asString()) : new byte[0];
    }

    /** What is no ZMTP, or none any more, may end its connection, and no other. */
    @Test
    void endsNoConnectionForAnothersBytes() throws Exception {
        Mutator mutator = new Mutator(4_722);
        URI endpoint = URI.create(frontend.bean(ZmqServer.class).endpoint());
        try (ZmqClient other = ZmqClient.dealer(endpoint.toString())) {
            for (int done = 0; done < CONNECTIONS; done++) {
                byte[] message = RawZmtp.message("echo", "{\"id\": \"" + done + "\"}", "1");
                try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
                    if (mutator.once(2)) {
                        socket.getOutputStream().write(mutator.bytes(joined(RawZmtp.hello(), message)));
                    } else {
                        RawZmtp.shakeHands(socket);
                        socket.getOutputStream().write(mutator.bytes(message));
                    }
                }
                other.assertServed();
            }
        }
        FakeGateway gateway = frontend.gateway();
        await().untilAsserted(() -> {
            // What was announced is given back once nobody can refer to it any more.
            System.gc();
            assertThat(gateway.unreleased()).isEmpty();
            assertThat(gateway.retained().held()).isZero();
        });
        gateway.forgetCalls();
    }
}
