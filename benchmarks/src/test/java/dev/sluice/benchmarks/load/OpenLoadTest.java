package dev.sluice.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenLoadTest {

    private static final Duration TIME = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Heard heard = new Heard();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", OpenLoadTest::echo);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Says what was posted; "gone" as the body ends the connection without a reply. */
    private static void echo(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (new String(body, StandardCharsets.US_ASCII).equals("gone")) {
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(203, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void sendsEachKindAndHearsAReplyForEachThatWasOffered() throws IOException {
        AtomicInteger next = new AtomicInteger();
        try (OpenLoad load = new OpenLoad(server.getAddress(), List.of(post("one"), post("two")), 100)) {
            long start = System.nanoTime();
            load.run(
                    new PoissonArrivals(new Random(1), 1_000, start),
                    () -> next.getAndIncrement() % 2,
                    TIME,
                    PATIENCE,
                    heard);
        }
        assertThat(heard.offered).isGreaterThan(100);
        assertThat(heard.replied).isEqualTo(heard.offered);
        assertThat(heard.lost).isZero();
        assertThat(heard.wrong).isEmpty();
        assertThat(heard.early).as("latency counts from what was meant").isZero();
    }

    @Test
    void endsBeforeItsTimeWhenItIsStoppedAndStillHearsOfAll() throws IOException {
        byte[] request = QueryBody.SLUICE.request(URI.create("http://127.0.0.1/x"), 1);
        try (OpenLoad load = new OpenLoad(server.getAddress(), List.of(request), 50)) {
            load.run(
                    new PoissonArrivals(new Random(1), 500, System.nanoTime()),
                    () -> {
                        if (heard.offered == 20) {
                            load.stop();
                        }
                        return 0;
                    },
                    Duration.ofHours(1),
                    PATIENCE,
                    heard);
        }

        assertThat(heard.offered).isGreaterThanOrEqualTo(20);
        assertThat(heard.replied).isEqualTo(heard.offered);
    }

    @Test
    void countsWhatHasNoReplyAsLost() throws IOException {
        try (OpenLoad load = new OpenLoad(server.getAddress(), List.of(post("gone")), 10)) {
            load.run(new PoissonArrivals(new Random(1), 200, System.nanoTime()), () -> 0, TIME, PATIENCE, heard);
        }
        assertThat(heard.offered).isPositive();
        assertThat(heard.lost).isEqualTo(heard.offered);
    }

    @Test
    void countsWhatNobodyTakesAsLost() throws IOException {
        server.stop(0);
        try (OpenLoad load = new OpenLoad(server.getAddress(), List.of(post("one")), 10)) {
            load.run(new PoissonArrivals(new Random(1), 200, System.nanoTime()), () -> 0, TIME, PATIENCE, heard);
        }
        assertThat(heard.offered).isPositive();
        assertThat(heard.lost).isEqualTo(heard.offered);
    }

    private static byte[] post(String body) {
        return ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Heard implements Replies {
        private int offered;
        private int replied;
        private int lost;
        private int early;
        private String wrong = "";

        @Override
        public void offered(int kind, long intended) {
            offered++;
        }

        @Override
        public void replied(int kind, long at, long now, int status, byte[] reply, int bodyStart, int bodyLength) {
            replied++;
            early += now - at < 0 ? 1 : 0;
            String body = new String(reply, bodyStart, bodyLength, StandardCharsets.US_ASCII);
            if (status != 203 || !body.equals(kind == 0 ? "one" : "two")) {
                wrong = status + " " + body + " to " + kind;
            }
        }

        @Override
        public void lost(int kind, long intended, String why) {
            lost++;
        }
    }
}
