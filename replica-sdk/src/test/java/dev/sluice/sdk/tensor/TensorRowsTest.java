package dev.sluice.sdk.tensor;

import static dev.sluice.sdk.tensor.Infer.binary;
import static dev.sluice.sdk.tensor.Infer.input;
import static dev.sluice.sdk.tensor.Infer.longs;
import static dev.sluice.sdk.tensor.Infer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.Result;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.annotated.AnnotatedActors;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Batched methods, asked with tensors of several rows. */
class TensorRowsTest {

    private static final Queue<Integer> SIZES = new ConcurrentLinkedQueue<>();

    record Name(String first) {}

    @Actor(value = "rows", idempotent = true)
    static class Rows {

        @BatchedInput(maxBatchSize = 4)
        long[] call(long[] inputs) {
            SIZES.add(inputs.length);
            if (Arrays.stream(inputs).anyMatch(input -> input == 13)) {
                throw new IllegalArgumentException("13 is unlucky");
            }
            return Arrays.stream(inputs).map(input -> input + 1).toArray();
        }

        @BatchedInput(maxBatchSize = 4)
        float[][] vectors(List<float[]> inputs) {
            return inputs.stream().map(float[]::clone).toArray(float[][]::new);
        }

        @BatchedInput(maxBatchSize = 4)
        List<Result<String>> names(List<Name> inputs) {
            return inputs.stream()
                    .map(name -> name.first.isEmpty() ? Result.<String>failed("Who is that?") : Result.ok(name.first))
                    .toList();
        }

        @BatchedInput(maxBatchSize = 64)
        boolean[] not(boolean[] inputs) {
            boolean[] not = new boolean[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                not[i] = !inputs[i];
            }
            return not;
        }

        @BatchedInput(maxBatchSize = 2)
        Mono<long[]> later(long[] inputs) {
            return Mono.fromSupplier(() -> call(inputs)).subscribeOn(Schedulers.boundedElastic());
        }
    }

    /** Not to be tried again: what made a call throw is known by the query alone. */
    @Actor("once")
    static class Once {
        @BatchedInput(maxBatchSize = 2)
        boolean[] call(int[] inputs) {
            SIZES.add(inputs.length);
            if (inputs[0] == 13) {
                throw new QueryException(ErrorCode.INVALID_INPUT, "13 is unlucky");
            }
            if (inputs[0] == 99) {
                Thread.currentThread().interrupt();
            }
            boolean[] even = new boolean[inputs.length];
            for (int i = 0; i < even.length; i++) {
                even[i] = inputs[i] % 2 == 0;
            }
            return even;
        }
    }

    private static Reply once(ActorKit kit, String data, int rows) {
        return kit.replies("call", List.of(input("INT32", "[" + rows + "]", data)))
                .get(0);
    }

    @Test
    void blamesAnInputWhoseQueryWasAloneInTheCall() {
        try (ActorKit once = ActorKit.of(Once.class).start()) {
            Failure alone = once(once, "[13, 14]", 2).failure().orElseThrow();
            assertThat(alone.code()).isEqualTo(ErrorCode.INVALID_INPUT);
            List<Reply> both = once.replies("call", List.of(input("INT32", "[1]", "[13]"), 14));
            assertThat(both)
                    .extracting(reply -> reply.failure().orElseThrow().code())
                    .containsOnly(ErrorCode.FAILED);
        }
    }

    @Test
    void callsWithNoFurtherPartOnceNobodyWaits() {
        Content six = input("INT32", "[6]", "[1, 2, 99, 4, 5, 6]");
        ReplyTo sink = new ReplyTo();
        try (ActorInstance instance = new AnnotatedActors(UnpooledByteBufAllocator.DEFAULT)
                .of(Once.class)
                .create(Map.of())) {
            instance.run("call", List.of(new Input(Unpooled.wrappedBuffer(six.bytes()), six.mediaType())), sink);
        } finally {
            Thread.interrupted();
        }
        assertThat(sink.failures).extracting(Failure::code).containsExactly(ErrorCode.CANCELLED);
        assertThat(SIZES).containsExactly(2, 2);
    }

    /** Large bodies come in several pieces of memory. */
    @ParameterizedTest
    @ValueSource(ints = {7, 4096})
    void copiesNumbersOutOfBodiesInPieces(int piece) {
        long[] many = new Random(piece).longs(5_000).map(value -> value & ~15).toArray();
        Content whole = binary(DataType.INT64, longs(many), many.length);
        CompositeByteBuf body = Unpooled.compositeBuffer(Integer.MAX_VALUE);
        for (int at = 0; at < whole.bytes().length; at += piece) {
            body.addComponent(
                    true, Unpooled.wrappedBuffer(whole.bytes(), at, Math.min(piece, whole.bytes().length - at)));
        }
        ReplyTo sink = new ReplyTo();
        try (ActorInstance instance = new AnnotatedActors(UnpooledByteBufAllocator.DEFAULT)
                .of(Rows.class)
                .create(Map.of())) {
            instance.run("call", List.of(new Input(body, whole.mediaType())), sink);
        }
        ByteBuf data = sink.data.skipBytes(sink.data.readableBytes() - many.length * Long.BYTES);
        for (long each : many) {
            assertThat(data.readLongLE() == each + 1).isTrue();
        }
        assertThat(body.refCnt()).isEqualTo(1);
        body.release();
    }

    private static final class ReplyTo implements BatchSink {
        private final List<Failure> failures = new ArrayList<>();
        private ByteBuf data = Unpooled.EMPTY_BUFFER;

        @Override
        public void result(int index, ByteBuf body, String mediaType) {
            data = Unpooled.copiedBuffer(body);
            body.release();
        }

        @Override
        public void item(int index, ByteBuf body, String mediaType) {
            throw new AssertionError("no stream");
        }

        @Override
        public void complete(int index) {
            throw new AssertionError("no stream");
        }

        @Override
        public void fail(int index, Failure failure) {
            failures.add(failure);
        }
    }

    @Test
    void keepsToTheSizeOfTheActorAsItIsServed() {
        ActorType type = new AnnotatedActors(UnpooledByteBufAllocator.DEFAULT).of(Rows.class);
        ActorDescriptor given = type.descriptor();
        MethodDescriptor call = given.methods().get(0);
        ActorDescriptor served = new ActorDescriptor(
                given.name(),
                given.version(),
                true,
                given.sloMillis(),
                given.scheduler(),
                "",
                List.of(new MethodDescriptor("call", true, 3, 0, false, call.inputType(), call.outputType())));
        Content seven = input("INT64", "[7]", "[1, 2, 3, 4, 5, 6, 7]");
        Input body = new Input(Unpooled.wrappedBuffer(seven.bytes()), seven.mediaType());
        try (ActorInstance instance = type.create(Map.of(), served)) {
            instance.run("call", List.of(body), new ReplyTo());
        }
        assertThat(SIZES).containsExactly(3, 3, 1);
    }

    private final ActorKit rows = ActorKit.of(Rows.class).start();

    @AfterEach
    void close() {
        SIZES.clear();
        rows.close();
    }

    private Reply ask(String method, Content request) {
        return rows.replies(method, List.of(request)).get(0);
    }

    @Test
    void callsWithAllRowsOfAllQueriesInPartsOfTheMostThatTheMethodTakes() {
        List<Reply> replies = rows.replies(
                "call", List.of(input("INT64", "[5]", "[1, 2, 3, 4, 5]"), 6, binary(DataType.INT64, longs(7, 8), 2)));
        assertThat(text(replies.get(0))).isEqualTo("INT64[5] [2,3,4,5,6]");
        assertThat(replies.get(1).value().asInt()).isEqualTo(7);
        ByteBuf data = Infer.data(replies.get(2));
        assertThat(data.readLongLE()).isEqualTo(8);
        assertThat(data.readLongLE()).isEqualTo(9);
        assertThat(SIZES).containsExactly(4, 4);
    }

    @Test
    void takesNoRowsAndVectorsOfAnySize() {
        assertThat(text(ask("call", input("INT64", "[0]", "[]")))).isEqualTo("INT64[0] []");
        assertThat(SIZES).isEmpty();
        assertThat(text(ask("vectors", input("FP32", "[2, 3]", "[1, 2, 3, 4, 5, 6]"))))
                .isEqualTo("FP32[2,3] [1.0,2.0,3.0,4.0,5.0,6.0]");
        assertThat(text(ask("vectors", input("FP32", "[2, 0]", "[]")))).isEqualTo("FP32[2,0] []");
        List<Reply> both =
                rows.replies("vectors", List.of(input("FP32", "[1, 1]", "[1]"), input("FP32", "[1, 2]", "[2, 3]")));
        assertThat(both).extracting(Infer::text).containsExactly("FP32[1,1] [1.0]", "FP32[1,2] [2.0,3.0]");
    }

    @Test
    void saysWhichRowWasWrongAndLeavesTheNeighboursAlone() {
        List<Reply> replies =
                rows.replies("call", List.of(input("INT64", "[3]", "[1, 13, 3]"), input("INT64", "[2]", "[4, 5]"), 6));
        assertThat(replies.get(0).failure().orElseThrow().code()).isEqualTo(ErrorCode.FAILED);
        assertThat(replies.get(0).failure().orElseThrow().message())
                .startsWith("Row 1: ")
                .contains("13 is unlucky");
        assertThat(text(replies.get(1))).isEqualTo("INT64[2] [5,6]");
        assertThat(replies.get(2).value().asInt()).isEqualTo(7);

        List<Reply> names = rows.replies(
                "names",
                List.of(
                        input("BYTES", "[2]", "[\"{\\\"first\\\": \\\"Zoë\\\"}\", \"{\\\"first\\\": \\\"\\\"}\"]"),
                        input("BYTES", "[1]", "[\"{\\\"first\\\": \\\"Ann\\\"}\"]"),
                        input("BYTES", "[2]", "[\"{\\\"first\\\": \\\"Bo\\\"}\", \"7\"]")));
        assertThat(names.get(0).failure().orElseThrow().message()).isEqualTo("Row 1: Who is that?");
        assertThat(text(names.get(1))).isEqualTo("BYTES[1] [\"Ann\"]");
        assertThat(names.get(2).failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(names.get(2).failure().orElseThrow().message()).startsWith("Row 1: ");
    }

    @Test
    void waitsForResultsThatComeLater() {
        List<Reply> replies = rows.replies(
                "later", List.of(input("INT64", "[5]", "[1, 2, 3, 4, 5]"), input("INT64", "[3]", "[6, 13, 8]"), 20));
        assertThat(text(replies.get(0))).isEqualTo("INT64[5] [2,3,4,5,6]");
        assertThat(replies.get(1).failure().orElseThrow().message()).startsWith("Row 1: ");
        assertThat(replies.get(2).value().asInt()).isEqualTo(21);
    }

    @Test
    void takesManyRows() {
        long[] many = LongStream.range(100, 200_100).toArray();
        ByteBuf data = Infer.data(ask("call", binary(DataType.INT64, longs(many), many.length)));
        for (long each : many) {
            assertThat(data.readLongLE() == each + 1).isTrue();
        }
        assertThat(data.isReadable()).isFalse();
    }

    @Test
    void refusesMoreEmptyRowsThanAnybodyNeeds() {
        Reply reply = ask("vectors", binary(DataType.FP32, Unpooled.EMPTY_BUFFER, 2_000_000_000, 0));
        assertThat(reply.failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
        JsonNode after = ask("call", input("INT64", "[1]", "[1]")).value();
        assertThat(after.path("outputs").path(0).path("data").toString()).isEqualTo("[2]");
    }

    @Test
    void namesTheRowThatIsNoValueAmongThoseThatAreCopiedAtOnce() {
        ByteBuf truths = Unpooled.buffer().writeBytes(new byte[] {1, 0, 1, 0, 1, 2, 1, 0});
        Reply reply = ask("not", binary(DataType.BOOL, truths, 8));
        assertThat(reply.failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(reply.failure().orElseThrow().message()).startsWith("Row 5: ");
    }
}
