package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.client.ActorClient;
import dev.sluice.client.ResultStream;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import dev.sluice.client.tensor.DataType;
import dev.sluice.client.tensor.Inference;
import dev.sluice.client.tensor.ModelInfo;
import dev.sluice.client.tensor.ModelInfo.TensorInfo;
import dev.sluice.client.tensor.Tensor;
import dev.sluice.client.transport.Content;
import dev.sluice.system.site.GateKeeper;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.core.type.TypeReference;

/** The Java client through all tiers, the same over both of its protocols. */
@ExtendWith(Sites.class)
class JavaClientIT {

    private static final Duration PATIENT = Duration.ofSeconds(90);

    /** The last where a busy frontend could not even hand it on in time. */
    private static final List<ErrorCode> NOT_IN_TIME =
            List.of(ErrorCode.EXPIRED, ErrorCode.UNMEETABLE, ErrorCode.OVERLOADED);

    enum Speaks {
        HTTP {
            @Override
            String uri(Site site) {
                return site.frontend(0).url().toString();
            }
        },
        GRPC {
            @Override
            String uri(Site site) {
                return "grpc://127.0.0.1:" + site.frontend(0).port(ExtraPort.GRPC);
            }
        };

        abstract String uri(Site site);

        SluiceClient to(Site site, String... actors) {
            for (String actor : actors) {
                site.awaitPublished(actor);
            }
            return SluiceClient.builder(uri(site)).slo(PATIENT).build();
        }
    }

    private static SluiceException failed(ThrowingCallable call) {
        SluiceException failure = catchThrowableOfType(SluiceException.class, call);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    @ParameterizedTest
    @EnumSource
    void theDemoActorsAnswer(Speaks protocol, @On(Shape.SPOKEN) Site site) throws IOException {
        try (SluiceClient client =
                protocol.to(site, "vadder", "adder", "counter", "model", "echo", "noop", "digits", "filetype")) {
            assertThat(client.call("vadder", 10, Long.class)).isEqualTo(11);
            assertThat(client.call("adder", 40, Long.class)).isEqualTo(42);
            assertThat(client.call("adder", 40.5, Double.class)).isEqualTo(42.5);
            long first = client.call("counter", null, Long.class);
            assertThat(client.call("counter", null, Long.class)).isGreaterThan(first);
            assertThat(client.actor("counter").method("count").call(null, Long.class))
                    .isEqualTo(1);
            assertThat(client.call("model", null, Long.class)).isPositive();
            assertThat(client.actor("echo")
                            .call(Map.of("a", List.of(1)), new TypeReference<Map<String, List<Integer>>>() {}))
                    .isEqualTo(Map.of("a", List.of(1)));
            assertThat(client.call("noop", 1, Object.class)).isNull();
            byte[] seven = Files.readAllBytes(Places.project().resolve("examples/pictures/digit-7.png"));
            assertThat(client.actor("digits")
                            .send(Content.of(seven, "image/png"))
                            .text())
                    .isEqualTo("7");
            assertThat(client.actor("filetype")
                            .send(Content.of(seven, "application/octet-stream"))
                            .text())
                    .contains("png");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesPassThroughAllTiersAsTheyAre(Speaks protocol, @On(Shape.SPOKEN) Site site) {
        byte[] bytes = new byte[2_000_000];
        new Random(11).nextBytes(bytes);
        try (SluiceClient client = protocol.to(site, "echo")) {
            Content result = client.actor("echo").send(Content.of(bytes, "image/x-noise"));
            assertThat(result.bytes()).isEqualTo(bytes);
            assertThat(result.mediaType()).isEqualTo("image/x-noise");
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsAtOnceAreBatched(Speaks protocol, @On(Shape.SPOKEN) Site site) {
        try (SluiceClient client = protocol.to(site, "sleeper")) {
            List<Integer> sizes = Flux.range(0, 20)
                    .flatMap(n -> client.reactive().actor("sleeper").call(n, Integer.class), 20)
                    .collectList()
                    .block(Site.LONG);
            assertThat(sizes).hasSize(20).anyMatch(size -> size > 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tensorsGoToModelsAndMethodsAlike(Speaks protocol, @On(Shape.SPOKEN) Site site) {
        try (SluiceClient client = protocol.to(site, "adds", "versions", "pair", "vadder")) {
            Inference sums = client.actor("adds").infer(Tensor.fp32("x", new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
            assertThat(sums.output().floats()).containsExactly(2, 3, 4, 5, 6, 7);
            assertThat(sums.output().shape()).containsExactly(2, 3);
            assertThat(sums.version()).isEqualTo("1");
            assertThat(client.actor("versions")
                            .version("2")
                            .infer(Tensor.fp32("x", new float[] {1, 2, 3}, 1, 3))
                            .output("y")
                            .floats())
                    .containsExactly(6, 7, 8);
            Inference product =
                    client.actor("pair").outputs("product").infer(Tensor.fp32("x", new float[] {3, 4}, 1, 2));
            assertThat(product.output().floats()).containsExactly(9, 16);
            long[] ones = LongStream.generate(() -> 41).limit(1_000).toArray();
            assertThat(client.actor("vadder")
                            .infer(Tensor.int64("input", ones))
                            .output("output")
                            .longs())
                    .containsOnly(42)
                    .hasSize(1_000);
            Inference texts = client.actor("echo").infer(Tensor.strings("input", List.of("\"é\"")));
            assertThat(texts.output().strings()).containsExactly("\"é\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamsGiveAllTheirResultsAndEndWhenTheyAreLeft(Speaks protocol, @On(Shape.SPOKEN) Site site) {
        try (SluiceClient client = protocol.to(site, "ticks")) {
            StepVerifier.create(client.reactive().actor("ticks").stream(1_000, Integer.class), 10)
                    .expectNextCount(10)
                    .thenRequest(2_000)
                    .expectNextSequence(IntStream.rangeClosed(11, 1_000).boxed().toList())
                    .verifyComplete();
            try (ResultStream<Integer> paced = client.actor("ticks").method("paced").stream(
                    Map.of("n", 1_000, "everyMillis", 200), Integer.class)) {
                assertThat(paced.next()).isEqualTo(1);
                assertThat(paced.next()).isEqualTo(2);
            }
            // It would take minutes.
            site.awaitCalm();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongHasTheSameCodeAndSentence(Speaks protocol, @On(Shape.SPOKEN) Site site) {
        try (SluiceClient client = protocol.to(site, "vadder", "adder", "ticks", "adds")) {
            SluiceException unknown = failed(() -> client.call("vader", 1, Long.class));
            assertThat(unknown.code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(unknown).hasMessageContaining("There is no actor vader. Did you mean vadder?");
            assertThat(failed(() -> client.actor("vadder").version("77").call(1, Long.class))
                            .code())
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failed(() -> client.call("vadder", 1.5, Long.class)).code())
                    .isEqualTo(ErrorCode.INVALID_INPUT);
            assertThat(failed(() -> client.call("adder", "x", Long.class)).code())
                    .isIn(ErrorCode.INVALID_INPUT, ErrorCode.FAILED);
            SluiceException shape =
                    failed(() -> client.actor("adds").infer(Tensor.fp32("x", new float[] {1, 2}, 1, 2)));
            assertThat(shape.code()).isEqualTo(ErrorCode.INVALID_INPUT);
            SluiceException stream = failed(
                    () -> client.actor("ticks").stream(2_000, Integer.class).hasNext());
            assertThat(stream.code()).isEqualTo(ErrorCode.FAILED);
            assertThat(stream).hasMessageContaining("ticks streams 0 to 1000 numbers, not 2000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineHoldsAndWhatCannotMeetItIsRefused(Speaks protocol, @On(Shape.SPOKEN) Site site) {
        try (SluiceClient client = protocol.to(site, "sleeper")) {
            ActorClient sleeper = client.actor("sleeper");
            sleeper.call(1, Integer.class);
            ActorClient hasty = sleeper.slo(Duration.ofMillis(100));
            // A second of sleep, as the router finds out: then it does not even try.
            await().atMost(Site.LONG).until(() -> failed(() -> hasty.call(1, Integer.class)), failure -> {
                assertThat(failure.code()).isIn(NOT_IN_TIME);
                return failure.code() == ErrorCode.UNMEETABLE;
            });
            SluiceException refusal =
                    failed(() -> hasty.retry(RetryPolicy.attempts(3)).call(1, Integer.class));
            assertThat(refusal.code()).isIn(NOT_IN_TIME);
            assertThat(refusal.retryAfter().isPresent()).isEqualTo(refusal.retryable());
        }
    }

    @ParameterizedTest
    @EnumSource
    void givingACallUpFreesItsReplica(Speaks protocol, @On(Shape.SPOKEN) Site site) {
        try (SluiceClient client = protocol.to(site, "gate");
                GateKeeper keeper = GateKeeper.closed(site)) {
            Disposable call =
                    client.reactive().actor("gate").call(1, Integer.class).subscribe(result -> {}, failure -> {});
            await().atMost(Site.LONG)
                    .until(() -> site.frontendPages().get(0).ledger().inFlight() == 1);
            call.dispose();
            site.awaitCalm();
            keeper.open();
            assertThat(client.call("gate", 2, Integer.class)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingTheClientGivesUpWhatIsInFlight(Speaks protocol, @On(Shape.SPOKEN) Site site) {
        try (GateKeeper keeper = GateKeeper.closed(site)) {
            SluiceClient client = protocol.to(site, "gate");
            var call = client.reactive().actor("gate").call(1, Integer.class).toFuture();
            await().atMost(Site.LONG)
                    .until(() -> site.frontendPages().get(0).ledger().inFlight() == 1);
            client.close();
            assertThat(call).isCompletedExceptionally();
            site.awaitCalm();
            keeper.open();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePlatformSaysWhatThereIs(Speaks protocol, @On(Shape.SPOKEN) Site site) {
        try (SluiceClient client = protocol.to(site, "vadder", "counter", "adds")) {
            assertThat(client.ready()).isTrue();
            assertThat(client.models()).contains("vadder", "counter", "counter:count", "adds", "ticks");
            assertThat(client.model("adds"))
                    .isEqualTo(new ModelInfo(
                            "adds",
                            List.of("1"),
                            List.of(new TensorInfo("x", DataType.FP32, List.of(-1L, 3L))),
                            List.of(new TensorInfo("y", DataType.FP32, List.of(-1L, 3L)))));
            assertThat(client.model("vadder").inputs().get(0).type()).isEqualTo(DataType.INT64);
        }
    }
}
