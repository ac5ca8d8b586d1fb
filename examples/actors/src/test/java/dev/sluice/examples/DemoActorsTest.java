package dev.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.examples.basic.Adder;
import dev.sluice.examples.basic.Counter;
import dev.sluice.examples.basic.Echo;
import dev.sluice.examples.basic.ModelStandIn;
import dev.sluice.examples.basic.Noop;
import dev.sluice.examples.basic.Sleeper;
import dev.sluice.examples.basic.Ticks;
import dev.sluice.examples.basic.VectorAdder;
import dev.sluice.examples.digits.Digits;
import dev.sluice.examples.filetype.FileTypes;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** The demo actors as a host serves them, with the codecs and batches of a replica: the contract that pages and tests name. */
class DemoActorsTest {

    private static final List<Class<?>> ACTORS = List.of(
            VectorAdder.class,
            Adder.class,
            Counter.class,
            Sleeper.class,
            ModelStandIn.class,
            Echo.class,
            Noop.class,
            Ticks.class,
            Digits.class,
            FileTypes.class);

    @ParameterizedTest
    @CsvSource({
        "0, vadder, true, 64",
        "1, adder, true, 1",
        "2, counter, false, 1",
        "3, sleeper, false, 256",
        "4, model, true, 28",
        "5, echo, true, 1",
        "6, noop, true, 256",
        "7, ticks, false, 1",
        "8, digits, true, 64",
        "9, filetype, true, 32",
    })
    void areLoadedWithoutArguments(int actor, String name, boolean idempotent, int maxBatchSize) {
        try (ActorKit kit = ActorKit.of(ACTORS.get(actor)).start()) {
            assertThat(kit.descriptor().name()).isEqualTo(name);
            assertThat(kit.descriptor().idempotent()).isEqualTo(idempotent);
            assertThat(kit.descriptor().method("call").orElseThrow().maxBatchSize())
                    .isEqualTo(maxBatchSize);
        }
    }

    @Test
    void addToEachOfABatch() {
        try (ActorKit vadder =
                ActorKit.of(VectorAdder.class).arg("increment", 3).start()) {
            assertThat(vadder.callAll(IntStream.range(0, 10).boxed().toList()))
                    .extracting(JsonNode::asInt)
                    .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        }
    }

    @Test
    void addOneOrTwo() {
        try (ActorKit vadder = ActorKit.of(VectorAdder.class).start();
                ActorKit adder = ActorKit.of(Adder.class).start()) {
            assertThat(vadder.call(42)).hasToString("43");
            assertThat(adder.call(42)).hasToString("44");
            assertThat(adder.call(1.5)).hasToString("3.5");
        }
    }

    @Test
    void refuseWhatIsNotANumberWithoutHarmToItsNeighbours() {
        try (ActorKit vadder = ActorKit.of(VectorAdder.class).start();
                ActorKit adder = ActorKit.of(Adder.class).start()) {
            assertThat(vadder.replies("call", Arrays.asList(1, "abc", 1.5, null, 2)))
                    .extracting(DemoActorsTest::code)
                    .containsExactly(
                            null, ErrorCode.INVALID_INPUT, ErrorCode.INVALID_INPUT, ErrorCode.INVALID_INPUT, null);

            List<Reply> added = adder.replies("call", Arrays.asList(1, "abc", "42", null, 2));
            assertThat(added)
                    .extracting(DemoActorsTest::code)
                    .containsExactly(null, ErrorCode.INVALID_INPUT, ErrorCode.INVALID_INPUT, ErrorCode.FAILED, null);
            assertThat(added.get(1).failure().orElseThrow().message()).contains("abc");
            assertThat(added.get(3).failure().orElseThrow().message()).contains("null is not a number");
        }
    }

    @Test
    void failOnlyTheQueryThatOverflows() {
        try (ActorKit vadder = ActorKit.of(VectorAdder.class).start()) {
            List<Reply> replies = vadder.replies("call", List.of(1, Long.MAX_VALUE, 3));

            assertThat(replies.get(0).value()).hasToString("2");
            assertThat(replies.get(1).failure().orElseThrow().code()).isEqualTo(ErrorCode.FAILED);
            assertThat(replies.get(2).value()).hasToString("4");
        }
    }

    @Test
    void countQueriesAndBatches() {
        try (ActorKit counter = ActorKit.of(Counter.class).start()) {
            for (int i = 1; i <= 10; i++) {
                assertThat(counter.call(null)).hasToString(String.valueOf(i));
            }
            assertThat(counter.callAll("count", Collections.nCopies(10, null)))
                    .hasSize(10)
                    .allSatisfy(one -> assertThat(one).hasToString("1"));
        }
    }

    @Test
    void answerTheirBatchSize() {
        try (ActorKit sleeper = ActorKit.of(Sleeper.class).arg("duration", "0s").start();
                ActorKit model =
                        ActorKit.of(ModelStandIn.class).arg("alpha", "1us").start()) {
            assertThat(sleeper.callAll(Collections.nCopies(10, "x")))
                    .hasSize(10)
                    .allSatisfy(size -> assertThat(size).hasToString("10"));
            assertThat(model.callAll(Collections.nCopies(28, Map.of("any", "thing"))))
                    .hasSize(28)
                    .allSatisfy(size -> assertThat(size).hasToString("28"));
        }
    }

    @Test
    void echoAnyBody() {
        try (ActorKit echo = ActorKit.of(Echo.class).start()) {
            Content picture = new Content(new byte[] {0, 1, -1}, "image/png");
            Content answer = echo.call(picture, Content.class);

            assertThat(answer.mediaType()).isEqualTo("image/png");
            assertThat(answer.bytes()).containsExactly(0, 1, -1);
            assertThat(echo.call(Map.of("a", List.of(1, 2)))).hasToString("{\"a\":[1,2]}");
            assertThat(echo.call(new Content(new byte[0], "application/octet-stream"), Content.class)
                            .bytes())
                    .isEmpty();
        }
    }

    @Test
    void answerNullToAWholeBatch() {
        try (ActorKit noop = ActorKit.of(Noop.class).start()) {
            assertThat(noop.callAll(Collections.nCopies(256, 1))).hasSize(256).allMatch(JsonNode::isNull);
        }
    }

    @Test
    void streamTicks() {
        try (ActorKit ticks = ActorKit.of(Ticks.class).start()) {
            assertThat(ticks.stream(3).map(JsonNode::asInt).collectList().block())
                    .containsExactly(1, 2, 3);
            assertThat(ticks.stream("paced", new Ticks.Pace(2, 1))
                            .map(JsonNode::asInt)
                            .collectList()
                            .block())
                    .containsExactly(1, 2);

            Flux<JsonNode> tooMany = ticks.stream(1_001);
            assertThatThrownBy(tooMany::blockLast)
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("0 to 1000 numbers, not 1001");
        }
    }

    @Test
    void readADigitAndTellAFileType() throws Exception {
        try (ActorKit digits = ActorKit.of(Digits.class).start();
                ActorKit filetype = ActorKit.of(FileTypes.class).start()) {
            byte[] seven = Files.readAllBytes(Path.of("../pictures/digit-7.png"));
            byte[] pom = Files.readAllBytes(Path.of("pom.xml"));

            assertThat(digits.call(new Content(seven, "image/png"))).hasToString("7");
            assertThat(digits.call("scored", new Content(seven, "image/png"))
                            .get("label")
                            .asString())
                    .isEqualTo("7");
            assertThat(filetype.call(new Content(pom, "text/xml"), String.class))
                    .isEqualTo("xml");
            assertThat(filetype.call("scored", pom).get("probability").asDouble())
                    .isBetween(0.9, 1.0);
        }
    }

    private static @Nullable ErrorCode code(Reply reply) {
        return reply.failure().map(Failure::code).orElse(null);
    }
}
