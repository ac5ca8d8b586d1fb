package dev.sluice.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadGeneratorTest {

    /** Long enough never to matter: what ends these runs is their count. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private final LoadGenerator generator = new LoadGenerator(Duration.ofSeconds(30));

    @Test
    void countsEveryRightReplyOnce() throws IOException {
        try (FakeServer server = FakeServer.thatIsRight()) {
            LoadResult result = run(server, 7, 5_000);
            assertThat(result.answered()).isEqualTo(5_000);
            assertThat(result.checked()).isEqualTo(5_000);
            assertThat(result.latencies().getTotalCount()).isEqualTo(5_000);
            assertThat(result.faults().none()).isTrue();
            assertThat(server.requests()).isEqualTo(5_000);
        }
    }

    @Test
    void keepsItsConnections() throws IOException, InterruptedException {
        try (FakeServer server = FakeServer.thatIsRight()) {
            run(server, 16, 2_000);
            assertThat(server.accepted(16)).isEqualTo(16);
        }
    }

    @Test
    void understandsRepliesThatComeInPieces() throws IOException {
        byte[] whole = FakeServer.reply(200, FakeServer.REPLY_BODY);
        List<byte[]> pieces = List.of(
                Arrays.copyOfRange(whole, 0, 5),
                Arrays.copyOfRange(whole, 5, 20),
                Arrays.copyOfRange(whole, 20, whole.length - 3),
                Arrays.copyOfRange(whole, whole.length - 3, whole.length));
        try (FakeServer server = new FakeServer(number -> pieces)) {
            LoadResult result = run(server, 3, 300);
            assertThat(result.faults().none()).isTrue();
            assertThat(result.checked()).isEqualTo(300);
        }
    }

    @Test
    void noticesOneWrongByteInABody() throws IOException {
        byte[] wrong = FakeServer.REPLY_BODY.clone();
        wrong[wrong.length - 2] ^= 1;
        try (FakeServer server = new FakeServer(
                number -> List.of(FakeServer.reply(200, number == 50 ? wrong : FakeServer.REPLY_BODY)))) {
            LoadResult result = run(server, 2, 100);
            assertThat(result.faults().body()).isEqualTo(1);
            assertThat(result.faults().first()).contains(new String(wrong, US_ASCII));
            assertThat(result.checked()).isEqualTo(99);
        }
    }

    @Test
    void noticesABodyThatOnlyBeginsRight() throws IOException {
        byte[] longer = Arrays.copyOf(FakeServer.REPLY_BODY, FakeServer.REPLY_BODY.length + 1);
        try (FakeServer server = new FakeServer(number -> List.of(FakeServer.reply(200, longer)))) {
            assertThat(run(server, 1, 10).faults().body()).isEqualTo(10);
        }
    }

    @Test
    void noticesAnotherStatus() throws IOException {
        try (FakeServer server = new FakeServer(
                number -> List.of(FakeServer.reply(number % 10 == 0 ? 503 : 200, FakeServer.REPLY_BODY)))) {
            LoadResult result = run(server, 4, 100);
            assertThat(result.faults().status()).isEqualTo(10);
            assertThat(result.checked()).isEqualTo(90);
            assertThat(result.faults().first()).startsWith("status 503");
        }
    }

    @Test
    void countsADroppedConnectionAndOpensAnother() throws IOException, InterruptedException {
        try (FakeServer server = new FakeServer(
                number -> number == 40 ? List.of() : List.of(FakeServer.reply(200, FakeServer.REPLY_BODY)))) {
            LoadResult result = run(server, 2, 100);
            assertThat(result.faults().dropped()).isEqualTo(1);
            assertThat(result.faults().total()).isEqualTo(1);
            assertThat(result.checked()).isEqualTo(99);
            assertThat(server.accepted(3)).isEqualTo(3);
        }
    }

    @Test
    void givesUpOnAServerThatDropsEverything() throws IOException {
        try (FakeServer server = new FakeServer(number -> List.of())) {
            LoadResult result = run(server, 3, Long.MAX_VALUE);
            assertThat(result.checked()).isZero();
            assertThat(result.requestsPerSecond()).isZero();
            assertThat(result.faults().dropped()).isEqualTo(server.accepted());
        }
    }

    @Test
    void givesUpWhereNobodyListens() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        Exchange exchange = new Exchange(nobody, new byte[] {'x'}, new byte[0]);
        LoadResult result = generator.run(exchange, new LoadPlan(2, Duration.ZERO, LONG), Arrivals.closedLoop());
        assertThat(result.faults().dropped()).isEqualTo(2);
    }

    @Test
    void noticesAReplyThatComesTwice() throws IOException {
        byte[] once = FakeServer.reply(200, FakeServer.REPLY_BODY);
        byte[] twice = Arrays.copyOf(once, 2 * once.length);
        System.arraycopy(once, 0, twice, once.length, once.length);
        try (FakeServer server = new FakeServer(number -> List.of(number == 5 ? twice : once))) {
            LoadResult result = run(server, 1, 20);
            assertThat(result.faults().malformed()).isEqualTo(1);
            assertThat(result.checked()).isEqualTo(19);
        }
    }

    @Test
    void noticesWhatIsNoReply() throws IOException {
        byte[] garbage = "SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(US_ASCII);
        try (FakeServer server = new FakeServer(number -> List.of(garbage))) {
            LoadResult result = run(server, 1, Long.MAX_VALUE);
            assertThat(result.faults().malformed()).isPositive();
            assertThat(result.checked()).isZero();
        }
    }

    @Test
    void endsWhenItsTimeIsOver() throws IOException {
        try (FakeServer server = FakeServer.thatIsRight()) {
            LoadPlan plan = new LoadPlan(2, Duration.ofMillis(20), Duration.ofMillis(50));
            LoadResult result = generator.run(server.exchange(), plan, Arrivals.closedLoop());
            assertThat(result.elapsedNanos())
                    .isGreaterThanOrEqualTo(plan.measured().toNanos());
            assertThat(result.checked()).isGreaterThanOrEqualTo(result.answered());
            assertThat(result.faults().none()).isTrue();
        }
    }

    @Test
    void doesNotCountTheLeadIn() throws IOException {
        try (FakeServer server = FakeServer.thatIsRight()) {
            LoadPlan plan = new LoadPlan(1, LONG, LONG, 100);
            LoadResult result = generator.run(server.exchange(), plan, Arrivals.closedLoop());
            assertThat(result.checked()).isEqualTo(100);
            assertThat(result.answered()).isZero();
            assertThat(result.latencies().getTotalCount()).isZero();
        }
    }

    @Test
    void doesNotWaitForeverForAnAnswer() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try (FakeServer server = new FakeServer(number -> {
            await(never);
            return List.of();
        })) {
            LoadPlan plan = new LoadPlan(3, Duration.ZERO, Duration.ofMillis(500));
            LoadGenerator hasty = new LoadGenerator(Duration.ofMillis(200));
            LoadResult result = hasty.run(server.exchange(), plan, Arrivals.closedLoop());
            assertThat(result.faults().unanswered()).isEqualTo(3);
            assertThat(result.answered()).isZero();
            never.countDown();
        }
    }

    @Test
    void countsLatencyFromTheIntendedMoment() throws IOException {
        long late = Duration.ofSeconds(7).toNanos();
        Arrivals intendedLongAgo = new Arrivals() {
            @Override
            public boolean due(long now) {
                return true;
            }

            @Override
            public long take(long now) {
                return now - late;
            }

            @Override
            public long untilDue(long now) {
                return 0;
            }
        };
        try (FakeServer server = FakeServer.thatIsRight()) {
            LoadResult result =
                    generator.run(server.exchange(), new LoadPlan(1, Duration.ZERO, LONG, 10), intendedLongAgo);
            assertThat(result.latencyMillis(0)).isGreaterThan(6_900);
        }
    }

    private LoadResult run(FakeServer server, int connections, long requests) throws IOException {
        LoadPlan plan = new LoadPlan(connections, Duration.ZERO, LONG, requests);
        return generator.run(server.exchange(), plan, Arrivals.closedLoop());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
