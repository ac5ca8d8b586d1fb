package dev.sluice.frontend.http;

import static dev.sluice.common.testing.Mutator.joined;
import static dev.sluice.common.testing.Mutator.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.mutation.StrictActors;
import dev.sluice.frontend.query.FakeGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Sinks;

/** Requests whose bytes are changed anywhere, heads included, each on a connection of its own: each connection ends, and no other. */
@ExtendWith(LeakGuard.class)
@Timeout(300)
class RawMutationTest {

    private static final int CONNECTIONS = 2_000;
    private static final int WINDOW = 250;
    private static final int PATIENCE_MILLIS = 60_000;

    private static final String LAST = "GET /sums HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static final List<String> VALID = List.of(
            request("/sums", "Content-Type: application/json", "{\"input\": 10}"),
            request("/echo", "Content-Type: image/png\r\nSluice-Slo-Ms: 100", "bytes"),
            request("/v2/models/plus/infer", "Inference-Header-Content-Length: 0", "12345678"),
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Type: a/b\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "GET /v2/models/plus HTTP/1.1\r\nHost: a\r\n\r\n");

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private static String request(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    @Test
    void endNoConnectionButTheirOwn() throws Exception {
        // Who sends half a request and waits is told so, and hung up on, by these.
        try (TestFrontend frontend = TestFrontend.start(
                "sluice.http.body-timeout=500ms",
                "sluice.http.idle-timeout=500ms",
                "logging.level.reactor.netty.http.server.HttpServerOperations=off")) {
            StrictActors.publish(frontend.gateway());
            Set<Integer> statuses = new TreeSet<>();
            try (Bystander bystander = new Bystander(frontend)) {
                Mutator mutator = new Mutator(4_720);
                for (int done = 0; done < CONNECTIONS; done += WINDOW) {
                    window(frontend.port(), mutator, statuses);
                    bystander.assertServed();
                }
            }
            assertThat(statuses).contains(200, 400, 404).allMatch(status -> status < 500);
            frontend.gateway().assertReleased();
        }
    }

    private static void window(int port, Mutator mutator, Set<Integer> statuses) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < WINDOW; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(socket);
                socket.setSoTimeout(PATIENCE_MILLIS);
                write(socket, joined(mutator.bytes(utf8(mutator.oneOf(VALID))), utf8(LAST)));
            }
            for (Socket socket : sockets) {
                Matcher status = STATUS.matcher(toTheEnd(socket));
                while (status.find()) {
                    statuses.add(Integer.parseInt(status.group(1)));
                }
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void write(Socket socket, byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
        } catch (SocketException late) {
            // On a machine with much else to do a connection may be idle for long enough before this; an end too.
        }
    }

    /** Fails where there is none in time. */
    private static String toTheEnd(Socket socket) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] bytes = new byte[8192];
        try {
            for (int count = socket.getInputStream().read(bytes);
                    count >= 0;
                    count = socket.getInputStream().read(bytes)) {
                read.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException reset) {
            // which is an end too
        }
        return read.toString();
    }

    /** An event stream that stays open. */
    private static final class Bystander implements AutoCloseable {

        private final Sinks.Many<String> said = Sinks.many().unicast().onBackpressureBuffer();
        private final RawHttp http;
        private int count;

        Bystander(TestFrontend frontend) {
            FakeGateway gateway = frontend.gateway();
            gateway.actor("tap", true, call -> said.asFlux().concatMap(gateway::answer));
            http = frontend.connect();
            http.sendPost(
                    "/tap", utf8("{\"input\": 1}"), "Content-Type: application/json", "Accept: text/event-stream");
            say();
            assertThat(http.readHead().status()).isEqualTo(200);
            hear();
        }

        void assertServed() {
            say();
            hear();
        }

        private void say() {
            said.tryEmitNext(Integer.toString(++count)).orThrow();
        }

        private void hear() {
            String event = "";
            while (!event.contains("data")) {
                event = http.readChunk();
                assertThat(event).as("not the end").isNotEmpty();
            }
            assertThat(event).contains("data: " + count);
        }

        @Override
        public void close() {
            said.tryEmitComplete();
            http.close();
        }
    }
}
