package dev.sluice.client.contract;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.client.ActorClient;
import dev.sluice.client.ResultStream;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import dev.sluice.client.tensor.Tensor;
import dev.sluice.client.transport.Content;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The examples of docs/client.md: each line of them stands in a test here. */
class DocumentedExamplesTest {

    private static final Logger log = LoggerFactory.getLogger(DocumentedExamplesTest.class);
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path SOURCE =
            Path.of("src/test/java", DocumentedExamplesTest.class.getName().replace('.', '/') + ".java");

    @RegisterExtension
    final Frontend frontend = new Frontend();

    private SluiceClient client;

    @BeforeEach
    void connect() {
        client = SluiceClient.connect(frontend.grpc());
        frontend.gateway().actor("vadder", false, call -> frontend.gateway().answer("42"));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** Line by line: an assertion may stand between two of them. */
    @Test
    void eachStandsHere() throws IOException {
        String source = words(Files.readString(SOURCE).replace("frontend.http()", "\"http://127.0.0.1:8080\""));
        List<String> lines = EXAMPLE.matcher(Files.readString(Path.of("../docs/client.md")))
                .results()
                .flatMap(example -> example.group(1).lines())
                .map(DocumentedExamplesTest::words)
                .toList();
        assertThat(lines)
                .hasSizeGreaterThan(15)
                .allSatisfy(line -> assertThat(source).contains(line));
    }

    @Test
    void connecting() {
        try (SluiceClient client = SluiceClient.connect(frontend.http())) {
            Long answer = client.call("vadder", 41, Long.class);
            assertThat(answer).isEqualTo(42);
        }
    }

    @Test
    void settings() {
        inTime(() -> {
            ActorClient adder =
                    client.actor("vadder").slo(Duration.ofMillis(200)).priority(1);
            Long answer = adder.id("order-17").call(41, Long.class);
            assertThat(answer).isEqualTo(42);
        });
    }

    /** Again where its SLO passed: on a machine with much else to do even an answer of nothing takes longer now and then. */
    private static void inTime(ThrowingRunnable example) {
        await().ignoreExceptionsMatching(
                        thrown -> thrown instanceof SluiceException late && late.code() == ErrorCode.EXPIRED)
                .untilAsserted(example);
    }

    @Test
    void bodies(@TempDir Path folder) throws IOException {
        frontend.gateway()
                .actor(
                        "filetype",
                        false,
                        call -> frontend.gateway().answer("png".getBytes(StandardCharsets.UTF_8), "text/plain"));
        Path file = Files.write(folder.resolve("picture"), new byte[10]);
        Content picture = Content.of(Files.readAllBytes(file), "image/png");
        String kind = client.actor("filetype").send(picture).text();
        assertThat(kind).isEqualTo("png");
    }

    @Test
    void tensors() {
        TensorSpec x1 = new TensorSpec("x", DataType.FP32, new long[] {-1, 3});
        frontend.gateway().one("adds", x1, new TensorSpec("y", DataType.FP32, new long[] {-1, 3}));
        Tensor x = Tensor.fp32("x", new float[] {1, 2, 3}, 1, 3);
        float[] y = client.actor("adds").infer(x).output("y").floats();
        assertThat(y).containsExactly(1, 2, 3);
    }

    @Test
    void streams() {
        AtomicInteger sum = new AtomicInteger();
        try (ResultStream<Integer> ticks = client.actor("ticks").stream(5, Integer.class)) {
            ticks.forEachRemaining(tick -> sum.addAndGet(tick));
        }
        assertThat(sum).hasValue(15);
    }

    @Test
    void withoutBlocking() {
        Flux<Integer> ticks =
                client.reactive().actor("ticks").stream(1_000, Integer.class).take(3);
        Mono<Long> answer = client.actor("vadder").reactive().call(41, Long.class);
        assertThat(ticks.collectList().block()).containsExactly(1, 2, 3);
        assertThat(answer.block()).isEqualTo(42);
    }

    @Test
    void failures() {
        frontend.gateway().actor("vadder", false, call -> Flux.error(new IllegalStateException("planted")));
        @Nullable ErrorCode told = null;
        try {
            client.call("vadder", 41, Long.class);
        } catch (SluiceException e) {
            log.warn("{} {} {}", e.code(), e.retryable(), e.retryAfter());
            told = e.code();
        }
        assertThat(told).isEqualTo(ErrorCode.FAILED);
    }

    @Test
    void retries() {
        inTime(() -> {
            ActorClient patient =
                    client.actor("vadder").slo(Duration.ofSeconds(3)).retry(RetryPolicy.attempts(3));
            assertThat(patient.call(41, Long.class)).isEqualTo(42);
        });
    }
}
