package dev.sluice.frontend.access;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.query.FakeGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Sinks;

/** A key is taken out of its file while what was opened with it goes on. */
@Timeout(120)
class RevocationTest {

    private static final String KEY = "the-key-of-acme-0";
    private static final String OTHER = "the-key-of-others";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Sinks.Many<String> results = Sinks.many().unicast().onBackpressureBuffer();
    private TestFrontend frontend;

    @BeforeEach
    void start() throws IOException {
        write("keys: [{name: acme, key: %s, operator: true}, {name: others, key: %s}]".formatted(KEY, OTHER));
        frontend = TestFrontend.start(
                "sluice.access.keys-file=" + keys(),
                "sluice.access.keys-file-every=20ms",
                // A client that is silent for two of them counts as gone, on a machine that is busy too.
                "sluice.websocket.ping=3s");
        FakeGateway gateway = frontend.gateway();
        gateway.actor("feed", true, call -> results.asFlux().concatMap(gateway::answer));
    }

    @AfterEach
    void stop() {
        frontend.gateway().assertReleased();
        frontend.close();
    }

    private Path keys() {
        return folder.resolve("keys.yaml");
    }

    private void write(String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), text);
        Files.move(next, keys(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void revoke() throws IOException {
        write("keys: [{name: others, key: %s}]".formatted(OTHER));
        await().until(() ->
                http.send(request("/echo").build(), BodyHandlers.ofString()).statusCode() == 401);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + frontend.port() + path))
                .header("X-API-Key", KEY);
    }

    /** The lines of an answer as they come. Whoever waits for one, or for the end, does so for a while only. */
    private static final class Lines implements Flow.Subscriber<String> {

        private static final int PATIENCE_SECONDS = 60;

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }

        @Override
        public void onError(Throwable cause) {
            end.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }

        String next() throws InterruptedException {
            return lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        /** Those that came before the end, and were not looked at. */
        String rest() {
            assertThat(end).succeedsWithin(Duration.ofSeconds(PATIENCE_SECONDS));
            return String.join("\n", lines);
        }
    }

    private Lines lines(HttpRequest.Builder request) {
        Lines lines = new Lines();
        http.sendAsync(request.build(), BodyHandlers.fromLineSubscriber(lines));
        return lines;
    }

    @Test
    void aStreamEndsInsteadOfItsNextResult() throws Exception {
        results.tryEmitNext("1").orThrow();
        Lines events = lines(request("/feed")
                .header("Accept", "text/event-stream")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"input\": 1}")));
        assertThat(events.next()).isEqualTo("data: 1");

        revoke();
        results.tryEmitNext("2").orThrow();

        assertThat(events.rest()).contains("UNAUTHENTICATED").doesNotContain("data: 2");
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void aSocketThatAsksNothingIsClosed() throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket socket = http.newWebSocketBuilder()
                .header("X-API-Key", KEY)
                .buildAsync(URI.create("ws://127.0.0.1:" + frontend.port() + "/echo/stream"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket on, int status, String reason) {
                        closed.complete(status);
                        return CompletableFuture.completedStage(reason);
                    }
                })
                .get(60, TimeUnit.SECONDS);
        assertThat(closed).isNotDone();

        revoke();

        assertThat(closed.get(60, TimeUnit.SECONDS)).isEqualTo(1008);
        socket.abort();
    }

    @Test
    void thePageIsToldNothingMore() throws Exception {
        Lines moments = lines(request("/ui/api/stream"));
        assertThat(moments.next()).isEqualTo("event:now");

        revoke();

        assertThat(moments.rest()).as("it would go on for ever").isNotNull();
    }
}
