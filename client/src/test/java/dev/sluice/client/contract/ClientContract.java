package dev.sluice.client.contract;

import static dev.sluice.common.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryCall;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** What every protocol has in common. */
@Timeout(120)
abstract class ClientContract {

    /** An SLO that passes. */
    private static final Duration SHORT = Duration.ofMillis(300);

    @RegisterExtension
    final Frontend frontend = new Frontend();

    private SluiceClient client;

    abstract String uri();

    @BeforeEach
    void connect() {
        client = SluiceClient.connect(uri());
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void publish(String name, Function<QueryCall, Flux<Answer>> run) {
        frontend.gateway().actor(name, false, run);
    }

    private void publishStream(String name, Function<QueryCall, Flux<Answer>> run) {
        frontend.gateway().actor(name, true, run);
    }

    private Flux<Answer> answer(String json) {
        return frontend.gateway().answer(json);
    }

    private static Flux<Answer> failure(ErrorCode code) {
        return Flux.error(new QueryException(
                new Failure(dev.sluice.common.error.ErrorCode.valueOf(code.name()), "It is planned.", 1_500)));
    }

    private static SluiceException failed(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        SluiceException failure = catchThrowableOfType(SluiceException.class, call);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    // values

    @Test
    void aValueGoesInAndAValueComesOut() {
        publish(
                "plus",
                call -> answer(Long.toString(Long.parseLong(call.body().toString(StandardCharsets.UTF_8)) + 1)));
        assertThat(client.call("plus", 41, Long.class)).isEqualTo(42);
        assertThat(client.reactive().actor("plus").call(1, Integer.class).block())
                .isEqualTo(2);
    }

    record Point(int x, List<String> names) {}

    @Test
    void valuesAreRecordsListsAndTrees() {
        publish("same", call -> answer(call.body().toString(StandardCharsets.UTF_8)));
        ActorClient same = client.actor("same");
        Point point = new Point(7, List.of("é", "\"", "\n"));
        assertThat(same.call(point, Point.class)).isEqualTo(point);
        assertThat(same.call(Map.of("a", List.of(1, 2)), new TypeReference<Map<String, List<Integer>>>() {}))
                .isEqualTo(Map.of("a", List.of(1, 2)));
        assertThat(same.call(List.of(true), JsonNode.class).get(0).booleanValue())
                .isTrue();
        assertThat(same.call("12345678901234567890.123456789", String.class))
                .isEqualTo("12345678901234567890.123456789");
    }

    @Test
    void numbersKeepAllTheirDigits() {
        publish("precise", call -> answer("12345678901234567890.1234567890123456789"));
        assertThat(client.call("precise", 1, java.math.BigDecimal.class))
                .isEqualTo(new java.math.BigDecimal("12345678901234567890.1234567890123456789"));
    }

    @Test
    void nullIsAResultToo() {
        publish("void", call -> answer("null"));
        assertThat(client.call("void", null, String.class)).isNull();
        assertThat(client.call("void", null, JsonNode.class).isNull()).isTrue();
        StepVerifier.create(client.reactive().actor("void").call(null, String.class))
                .verifyComplete();
    }

    @Test
    void aResultOfAnotherTypeIsAFailureThatShowsIt() {
        publish("text", call -> answer("\"no number\""));
        SluiceException failure = failed(() -> client.call("text", 1, Long.class));
        assertThat(failure.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(failure).hasMessageContaining("\"no number\"").hasMessageContaining("java.lang.Long");
    }

    @Test
    void aResultThatIsNotJsonCanBeHadAsBytesOrText() {
        assertThat(client.call("picture", 1, byte[].class)).startsWith((byte) 0x89, 'P', 'N', 'G');
        assertThat(client.call("prose", 1, String.class)).isEqualTo("one \"line\"\nétwo");
        assertThat(failed(() -> client.call("picture", 1, Long.class)))
                .hasMessageContaining("image/png and not JSON: call it for a byte[], or with send()");
    }

    // bodies

    @Test
    void aBodyOfAnyMediaTypeGoesAndComesAsItIs() {
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);
        Content result = client.actor("echo").send(Content.of(bytes, "image/x-any; q=1"));
        assertThat(result.bytes()).isEqualTo(bytes);
        assertThat(result.mediaType()).isEqualTo("image/x-any; q=1");
        assertThat(frontend.onlyCall().call().mediaType()).isEqualTo("image/x-any; q=1");
    }

    @Test
    void aBodyMayBeEmptyOrLieOutsideTheHeap() {
        assertThat(client.actor("echo").send(Content.of(new byte[0], "a/b")).bytes())
                .isEmpty();
        ByteBuffer direct = ByteBuffer.allocateDirect(8).put("_direct_".getBytes(StandardCharsets.US_ASCII));
        direct.position(1).limit(7);
        assertThat(client.actor("echo").send(Content.of(direct, "a/b")).text()).isEqualTo("direct");
        assertThat(direct.position()).isEqualTo(1);
    }

    @Test
    void aBodyMayBeJson() {
        Content result = client.actor("echo").send(Content.of("[1, 2]".getBytes(StandardCharsets.UTF_8), Content.JSON));
        assertThat(result.text()).isEqualTo("[1, 2]");
        assertThat(result.isJson()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "1 2", "1, \"priority\": 1", "1}", "{\"a\": 1", "[1]]", "no", "\"\\q\"", "01", "'1'"})
    void aBodyOfJsonIsOneValueAndNothingElse(String json) {
        ActorClient echo = client.actor("echo");
        Content input = Content.of(json.getBytes(StandardCharsets.UTF_8), Content.JSON);
        assertThatThrownBy(() -> echo.send(input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JSON");
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @Test
    void aBodyOfJsonIsUtf8() {
        Content utf16 = Content.of("1".getBytes(StandardCharsets.UTF_16LE), Content.JSON);
        Content latin1 = Content.of("\"é\"".getBytes(StandardCharsets.ISO_8859_1), Content.JSON);
        assertThatThrownBy(() -> client.actor("echo").send(utf16)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.actor("echo").send(latin1)).isInstanceOf(IllegalArgumentException.class);
    }

    // options

    /** Rounded up: what is left as the query is written is a little less than the SLO. */
    private static long budgetMinutes(QueryCall call) {
        return Duration.ofNanos(call.budgetNanos()).plusMinutes(1).minusNanos(1).toMinutes();
    }

    @Test
    void optionsReachThePlatform() {
        client.actor("echo")
                .method("other")
                .version("1")
                .slo(Duration.ofMinutes(25))
                .priority(3)
                .id("order-17")
                .tenant("shop")
                .call("x", String.class);
        QueryCall call = frontend.onlyCall().call();
        assertThat(call.method()).isEqualTo("other");
        assertThat(call.version()).isEqualTo("1");
        assertThat(budgetMinutes(call)).isEqualTo(25);
        assertThat(call.priority()).isEqualTo(3);
        assertThat(call.id()).isEqualTo("order-17");
        assertThat(call.tenant()).isEqualTo("shop");
    }

    @Test
    void theClientsOwnOptionsHoldForCallsThatSayNothing() {
        try (SluiceClient own = SluiceClient.builder(uri())
                .slo(Duration.ofMinutes(9))
                .tenant("shop")
                .build()) {
            own.call("echo", 1, Integer.class);
            own.actor("echo").slo(Duration.ofMinutes(3)).tenant("other").call(1, Integer.class);
        }
        assertThat(frontend.gateway().calls())
                .extracting(seen -> seen.call().tenant() + budgetMinutes(seen.call()))
                .containsExactly("shop9", "other3");
    }

    @Test
    void eachRequestSaysWhatTheClientSaysBesideItsOwn() {
        AtomicInteger asked = new AtomicInteger();
        try (SluiceClient own = SluiceClient.builder(uri())
                .headers(() -> Map.of("sluice-id", "number-" + asked.incrementAndGet()))
                .build()) {
            own.call("echo", 1, Integer.class);
            own.call("echo", 1, Integer.class);
            own.actor("echo").id("mine").call(1, Integer.class);
            own.models();
            own.ready();
        }
        assertThat(frontend.gateway().calls())
                .extracting(seen -> seen.call().id())
                .containsExactly("number-1", "number-2", "mine");
        assertThat(asked).hasValue(5);
    }

    @Test
    void aHeaderThatCannotBeIsAFailure() {
        try (SluiceClient own = SluiceClient.builder(uri())
                .headers(() -> Map.of("no header", "x"))
                .build()) {
            assertThat(failed(() -> own.call("echo", 1, Integer.class)).code()).isEqualTo(ErrorCode.FAILED);
        }
    }

    // tensors

    private Flux<Answer> inferred() {
        byte[] ys = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40};
        byte[] names = {2, 0, 0, 0, (byte) 0xc3, (byte) 0xa9};
        String json = "{\"model_name\":\"adds\",\"model_version\":\"3\",\"outputs\":["
                + "{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[1,2],\"parameters\":{\"binary_data_size\":8}},"
                + "{\"name\":\"name\",\"datatype\":\"BYTES\",\"shape\":[1],\"parameters\":{\"binary_data_size\":6}}]}";
        byte[] head = json.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = ByteBuffer.allocate(head.length + 14)
                .put(head)
                .put(ys)
                .put(names)
                .array();
        return frontend.gateway().answer(whole, InferMedia.binary(head.length));
    }

    private void publishAdds(Function<QueryCall, Flux<Answer>> run) {
        TensorSpec x = new TensorSpec("x", dev.sluice.common.tensor.DataType.FP32, new long[] {-1, 2});
        TensorSpec n = new TensorSpec("n", dev.sluice.common.tensor.DataType.INT64, new long[] {1});
        TensorSpec y = new TensorSpec("y", dev.sluice.common.tensor.DataType.FP32, new long[] {-1, 2});
        frontend.gateway().model("adds", new TensorSignature(List.of(x, n), List.of(y)), run);
    }

    @Test
    void tensorsGoAndComeAsBytes() {
        publishAdds(call -> inferred());
        Inference result = client.actor("adds")
                .infer(Tensor.fp32("x", new float[] {1, 2}, 1, 2), Tensor.int64("n", new long[] {-1}));
        String input = frontend.onlyCall().input();
        int length =
                InferMedia.jsonLength(frontend.onlyCall().call().mediaType()).orElseThrow();
        assertThat(input.substring(0, length))
                .contains(
                        "\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,2],\"parameters\":{\"binary_data_size\":8}")
                .contains("\"name\":\"n\",\"datatype\":\"INT64\",\"shape\":[1],\"parameters\":{\"binary_data_size\":8}")
                .contains("\"binary_data_output\":true");
        assertThat(result.model()).isEqualTo("adds");
        assertThat(result.version()).isEqualTo("3");
        assertThat(result.output("y").floats()).containsExactly(1, 2);
        assertThat(result.output("y").shape()).containsExactly(1, 2);
        assertThat(result.output("name").strings()).containsExactly("é");
        assertThatThrownBy(() -> result.output("z")).hasMessageContaining("no output 'z'; it gave [y, name]");
    }

    @Test
    void outputsMayBeChosenAndOptionsAreThoseOfCalls() {
        publishAdds(call -> inferred());
        client.actor("adds")
                .outputs("y")
                .slo(Duration.ofMinutes(15))
                .priority(2)
                .id("mine")
                .infer(Tensor.fp32("x", new float[2], 1, 2), Tensor.int64("n", new long[1]));
        assertThat(frontend.onlyCall().input()).contains("\"outputs\":[{\"name\":\"y\"");
        QueryCall call = frontend.onlyCall().call();
        assertThat(budgetMinutes(call)).isEqualTo(15);
        assertThat(call.priority()).isEqualTo(2);
        assertThat(call.id()).isEqualTo("mine");
    }

    // streams

    @Test
    void resultsOfAStreamComeInOrder() {
        StepVerifier.create(client.reactive().actor("ticks").stream(5, Integer.class))
                .expectNext(1, 2, 3, 4, 5)
                .verifyComplete();
        try (ResultStream<Integer> ticks = client.actor("ticks").stream(1_000, Integer.class)) {
            assertThat(ticks.stream().mapToInt(n -> n).sum()).isEqualTo(500_500);
        }
    }

    private AtomicLong publishEndless() {
        AtomicLong given = new AtomicLong();
        String part = "\"" + "x".repeat(10_000) + "\"";
        publishStream(
                "endless",
                call -> Flux.<String>generate(sink -> {
                            given.incrementAndGet();
                            sink.next(part);
                        })
                        .concatMap(this::answer, 1));
        return given;
    }

    @Test
    void aStreamComesNoFasterThanItIsReadAndEndsWhenItIsLeft() {
        AtomicLong given = publishEndless();
        StepVerifier.create(client.reactive().actor("endless").stream(1, String.class), 3)
                .expectNextCount(3)
                .then(() -> {
                    // What the connection's and the frontend's own buffers take, and then no more.
                    AtomicLong last = new AtomicLong(-1);
                    await().pollInterval(Duration.ofMillis(500))
                            .atMost(Duration.ofSeconds(60))
                            .until(() -> last.getAndSet(given.get()) == given.get());
                })
                .thenRequest(2_000)
                .expectNextCount(2_000)
                .thenCancel()
                .verify();
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void aBlockingStreamThatIsClosedIsCancelled() {
        publishEndless();
        try (ResultStream<String> endless = client.actor("endless").stream(1, String.class)) {
            assertThat(endless.next()).hasSize(10_000);
            assertThat(endless.next()).hasSize(10_000);
        }
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void whoWaitsForAStreamThatIsClosedElsewhereFindsItsEnd() throws Exception {
        ResultStream<Integer> stuck = client.actor("stuck").stream(1, Integer.class);
        assertThat(stuck.next()).isEqualTo(1);
        FutureTask<Boolean> waiting = new FutureTask<>(stuck::hasNext);
        new Thread(waiting).start();
        stuck.close();
        assertThat(waiting.get(60, TimeUnit.SECONDS)).isFalse();
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void aStreamThatFailsMidwaySaysSoAfterItsResults() {
        StepVerifier.create(client.reactive().actor("spoilt").stream(1, Integer.class))
                .expectNext(1)
                .verifyErrorSatisfies(failure -> {
                    assertThat(((SluiceException) failure).code()).isEqualTo(ErrorCode.LOST);
                    assertThat(((SluiceException) failure).detail()).isEqualTo("The replica is gone.");
                });
        try (ResultStream<Integer> spoilt = client.actor("spoilt").stream(1, Integer.class)) {
            assertThat(spoilt.next()).isEqualTo(1);
            assertThat(failed(spoilt::hasNext).code()).isEqualTo(ErrorCode.LOST);
        }
    }

    // failures

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CANCELLED")
    void aFailureHasItsCodeHoweverItIsCalled(ErrorCode code) {
        publish("refuses", call -> failure(code));
        publishStream("refuses-to-stream", call -> failure(code));
        publishAdds(call -> failure(code));
        Tensor x = Tensor.fp32("x", new float[2], 1, 2);
        Tensor n = Tensor.int64("n", new long[1]);
        ActorClient refuses = client.actor("refuses");
        List<SluiceException> failures = List.of(
                failed(() -> refuses.call(1, Long.class)),
                failed(() -> refuses.send(Content.text("x"))),
                failed(() -> client.actor("adds").infer(x, n)),
                failed(() ->
                        client.actor("refuses-to-stream").stream(1, Long.class).hasNext()));
        assertThat(failures).allSatisfy(failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.detail()).isEqualTo("It is planned.");
            assertThat(failure).hasMessage(code + ": It is planned.");
            assertThat(failure.retryable()).isEqualTo(code.retryable());
            // HTTP has whole seconds.
            assertThat(failure.retryAfter().map(after -> after.compareTo(Duration.ofMillis(1_500)) >= 0))
                    .isEqualTo(code.retryable() ? java.util.Optional.of(true) : java.util.Optional.empty());
        });
    }

    @Test
    void aFailureHasTheIdThatTheCallWasGiven() {
        publish("refuses", call -> failure(ErrorCode.OVERLOADED));
        ActorClient mine = client.actor("refuses").id("order-17");
        assertThat(failed(() -> mine.call(1, Long.class)).id()).contains("order-17");
        assertThat(failed(() -> mine.stream(1, Long.class).hasNext()).id()).contains("order-17");
        assertThat(givesUp(client.actor("never").id("late").slo(SHORT)).id()).contains("late");
    }

    @Test
    void whatThereIsNotIsNotFound() {
        assertThat(failed(() -> client.call("nobody", 1, Long.class)))
                .hasMessageStartingWith("NOT_FOUND: There is no actor nobody");
        assertThat(failed(() -> client.actor("echo").method("nothing").call(1, Long.class))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failed(() -> client.actor("nobody").infer(Tensor.int64("x", new long[1])))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failed(() -> client.actor("nobody").stream(1, Long.class).hasNext())
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failed(() -> client.model("nobody")).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(frontend.gateway().calls()).isEmpty();
    }

    @Test
    void aNameThatNoActorCanHaveIsSaidToBeUnknown() {
        assertThat(failed(() -> client.call("no/such actor?é", 1, Long.class)).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aResultThatIsLargerThanTheClientTakesIsRefused() {
        publish("large", call -> answer("\"" + "x".repeat(200_000) + "\""));
        try (SluiceClient small =
                SluiceClient.builder(uri()).maxResultBytes(100_000).build()) {
            assertThat(failed(() -> small.call("large", 1, String.class)).code())
                    .isEqualTo(ErrorCode.TOO_LARGE);
        }
    }

    @Test
    void whatWasRefusedIsSentAgainWhereThatIsAskedFor() {
        AtomicInteger attempts = new AtomicInteger();
        publish("late-riser", call -> attempts.incrementAndGet() == 1 ? failure(ErrorCode.OVERLOADED) : answer("7"));
        assertThat(failed(() -> client.call("late-riser", 1, Integer.class)).code())
                .isEqualTo(ErrorCode.OVERLOADED);
        attempts.set(0);
        Integer result = client.actor("late-riser")
                .slo(Duration.ofSeconds(30))
                .retry(RetryPolicy.attempts(2))
                .call(1, Integer.class);
        assertThat(result).isEqualTo(7);
        assertThat(frontend.gateway().calls()).hasSize(3);
        assertThat(frontend.gateway().calls().get(2).call().budgetNanos())
                .as("what is left of the SLO")
                .isLessThanOrEqualTo(Duration.ofMillis(28_500).toNanos());
    }

    // ends

    @Test
    void theClientGivesUpAfterTheSloAndCancels() {
        SluiceException failure = givesUp(client.actor("never").slo(SHORT));
        assertThat(failure.code()).isEqualTo(ErrorCode.EXPIRED);
        assertThat(failure).hasMessageContaining("its SLO of PT0.3S");
    }

    /**
     * Calls what never answers until its time was up after the frontend had the query, which a busy machine may not manage at once,
     * and waits until each that it had is cancelled.
     */
    private SluiceException givesUp(ActorClient never) {
        SluiceException failure;
        do {
            failure = failed(() -> never.call(1, Long.class));
        } while (callsOfNever() == 0);
        await().until(() -> frontend.gateway().cancelledCalls() == callsOfNever());
        return failure;
    }

    private long callsOfNever() {
        return frontend.gateway().calls().stream()
                .filter(seen -> seen.call().actor().equals("never"))
                .count();
    }

    @Test
    void aStreamMayLastLongerThanItsSloOnceItHasBegun() {
        publishStream(
                "slow-stream",
                call -> answer("1")
                        .concatWith(Flux.just(2)
                                .delayElements(Duration.ofMillis(2_500))
                                .concatMap(two -> answer("2"))));
        StepVerifier.create(client.reactive().actor("slow-stream").slo(Duration.ofSeconds(2)).stream(1, Integer.class))
                .expectNext(1, 2)
                .verifyComplete();
    }

    @Test
    void cancellingCancelsTheQuery() {
        var subscription = client.reactive().actor("never").call(1, Long.class).subscribe();
        await().until(() -> frontend.gateway().calls().size() == 1);
        subscription.dispose();
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void interruptingWhoWaitsCancelsTheQuery() throws Exception {
        FutureTask<Boolean> outcome = new FutureTask<>(() -> {
            SluiceException failure = failed(() -> client.call("never", 1, Long.class));
            return failure.code() == ErrorCode.CANCELLED && Thread.interrupted();
        });
        Thread waiting = new Thread(outcome);
        waiting.start();
        await().until(() -> frontend.gateway().calls().size() == 1);
        waiting.interrupt();
        assertThat(outcome.get(60, TimeUnit.SECONDS)).isTrue();
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void interruptingWhoWaitsForAStreamCancelsIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<List<ErrorCode>> outcome = new FutureTask<>(() -> {
            ResultStream<Integer> stuck = client.actor("stuck").stream(1, Integer.class);
            stuck.next();
            begun.countDown();
            ErrorCode first = failed(stuck::hasNext).code();
            assertThat(Thread.interrupted()).isTrue();
            return List.of(
                    first, failed(stuck::hasNext).code(), failed(stuck::next).code());
        });
        Thread waiting = new Thread(outcome);
        waiting.start();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        // Interrupted before it waits, it is told as soon as it does.
        waiting.interrupt();
        assertThat(outcome.get(60, TimeUnit.SECONDS)).containsOnly(ErrorCode.CANCELLED);
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void closingFailsWhatIsInFlightAtOnceAndAllThatFollows() {
        CompletableFuture<Long> one =
                client.reactive().actor("never").call(1, Long.class).toFuture();
        CompletableFuture<List<Integer>> stream = client.reactive().actor("stuck").stream(1, Integer.class)
                .collectList()
                .toFuture();
        await().until(() -> frontend.gateway().calls().size() == 2);
        client.close();
        for (CompletableFuture<?> each : List.of(one, stream)) {
            assertThat(each).isCompletedExceptionally();
            assertThatThrownBy(each::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .hasMessage("CANCELLED: This client was closed.");
        }
        await().until(() -> frontend.gateway().cancelledCalls() == 2);
        assertThat(failed(() -> client.call("echo", 1, Long.class))).hasMessage("CANCELLED: This client was closed.");
        client.close();
    }

    @Test
    void manyCallsAtOnceAreAnsweredEachWithItsOwn() {
        publish(
                "same",
                call -> answer(call.body().toString(StandardCharsets.UTF_8)).publishOn(Schedulers.parallel()));
        StepVerifier.create(Flux.range(0, 2_000)
                        .flatMap(
                                n -> client.reactive()
                                        .actor("same")
                                        .call(n, Integer.class)
                                        .filter(result -> result.equals(n)),
                                300)
                        .count())
                .expectNext(2_000L)
                .verifyComplete();
    }

    @Test
    void aThreadThatMustNotBlockIsToldSo() {
        CompletableFuture<Long> outcome = CompletableFuture.supplyAsync(
                () -> client.call("echo", 1, Long.class),
                task -> Schedulers.parallel().schedule(task));
        assertThatThrownBy(() -> outcome.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("must not block: use reactive() there");
    }

    @Test
    void aThreadThatMustNotBlockIsToldSoByAStreamToo() {
        try (ResultStream<Integer> stuck = client.actor("stuck").stream(1, Integer.class)) {
            assertThat(stuck.next()).isEqualTo(1);
            CompletableFuture<Boolean> outcome = CompletableFuture.supplyAsync(
                    stuck::hasNext, task -> Schedulers.parallel().schedule(task));
            assertThatThrownBy(() -> outcome.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("must not block: use reactive() there");
        }
        await().until(() -> frontend.gateway().cancelledCalls() == 1);
    }

    @Test
    void aFailureTellsOnceWhereTheCallerWaited() {
        publish("refuses", call -> failure(ErrorCode.FAILED));
        publishStream("refuses-to-stream", call -> failure(ErrorCode.FAILED));
        ResultStream<Long> refused = client.actor("refuses-to-stream").stream(1, Long.class);
        failed(refused::hasNext);
        for (SluiceException failure :
                List.of(failed(() -> client.call("refuses", 1, Long.class)), failed(refused::hasNext))) {
            assertThat(failure.getStackTrace()).isEmpty();
            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(failure.getSuppressed()[0].getStackTrace())
                    .anySatisfy(frame -> assertThat(frame.getClassName()).isEqualTo(ClientContract.class.getName()));
        }
    }

    // what there is

    @Test
    void aFrontendSaysWhetherItServesAndWhat() {
        assertThat(client.ready()).isTrue();
        assertThat(client.models()).contains("echo", "echo:other", "ticks");
        frontend.gateway().ready(false);
        assertThat(client.ready()).isFalse();
    }

    @Test
    void aModelSaysWhatItTakesAndGives() {
        publishAdds(call -> inferred());
        assertThat(client.model("adds"))
                .isEqualTo(new ModelInfo(
                        "adds",
                        List.of("3"),
                        List.of(
                                new TensorInfo("x", DataType.FP32, List.of(-1L, 2L)),
                                new TensorInfo("n", DataType.INT64, List.of(1L))),
                        List.of(new TensorInfo("y", DataType.FP32, List.of(-1L, 2L)))));
        assertThat(client.model("adds", "3").name()).isEqualTo("adds");
    }
}
