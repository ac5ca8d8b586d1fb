package dev.sluice.sdk.tensor;

import static dev.sluice.sdk.tensor.Infer.binary;
import static dev.sluice.sdk.tensor.Infer.input;
import static dev.sluice.sdk.tensor.Infer.json;
import static dev.sluice.sdk.tensor.Infer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.tensor.DataType;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.Tensor;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.test.ActorKit;
import dev.sluice.sdk.test.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Methods that take one value, asked with tensors. */
class TensorMethodTest {

    record Point(int x, int y) {}

    @Actor("values")
    static class Values {

        double[] call(double[] input) {
            return Arrays.stream(input).map(x -> 2 * x).toArray();
        }

        long whole(long input) {
            return input + 1;
        }

        boolean[][] turned(boolean[][] input) {
            boolean[][] turned = new boolean[input.length == 0 ? 0 : input[0].length][input.length];
            for (int i = 0; i < input.length; i++) {
                for (int j = 0; j < input[i].length; j++) {
                    turned[j][i] = input[i][j];
                }
            }
            return turned;
        }

        String text(String input) {
            return input + input;
        }

        String[] words(String[] input) {
            return input;
        }

        byte[] bytes(byte[] input) {
            return input;
        }

        Content content(Content input) {
            return input;
        }

        Point point(Point input) {
            return new Point(input.y, input.x);
        }

        void nothing(short input) {}

        Mono<Float> later(float input) {
            return Mono.just(input / 2);
        }

        Flux<int[]> streamed(int input) {
            return Flux.range(1, input).map(i -> new int[i]);
        }

        long[][] ragged(long input) {
            return new long[][] {{1}, {2, 3}};
        }

        @Nullable Double none(double input) {
            return null;
        }

        double fails(double input) {
            throw new IllegalStateException("it is broken");
        }

        double[][][][] deep(double[][][][] input) {
            return input;
        }

        @Tensor(shape = {-1, 3})
        float[][] nothingOfThree(boolean[] input) {
            return new float[0][];
        }

        @Tensor(name = "outputs", datatype = DataType.UINT16)
        short unsigned(@Tensor(name = "id", datatype = DataType.UINT8) byte[] input) {
            return (short) (input.length == 0 ? -1 : input[0] & 0xFF);
        }

        @Tensor(name = "scores", shape = 2)
        float[] declared(
                @Tensor(
                                name = "pixels",
                                shape = {-1, 2})
                        float[][] input) {
            return new float[input.length];
        }
    }

    private static final ActorKit VALUES = ActorKit.of(Values.class).start();

    @AfterAll
    static void close() {
        VALUES.close();
    }

    private static Reply ask(String method, Content request) {
        return VALUES.replies(method, List.of(request)).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call | FP64 | [3] | [1, 2.5, -3] | FP64[3] [2.0,5.0,-6.0]",
                "call | FP64 | [0] | [] | FP64[0] []",
                "whole | INT64 | [1] | [9007199254740993] | INT64[1] [9007199254740994]",
                "whole | INT64 | [] | [4] | INT64[1] [5]",
                "turned | BOOL | [2, 3] | [true, false, false, true, true, true] | BOOL[3,2] [true,true,false,true,false,true]",
                "turned | BOOL | [2, 0] | [] | BOOL[0,0] []",
                "text | BYTES | [1] | ['né'] | BYTES[1] ['néné']",
                "text | BYTES | [1] | [''] | BYTES[1] ['']",
                "words | BYTES | [3] | ['a', '', 'c'] | BYTES[3] ['a','','c']",
                "bytes | BYTES | [1] | ['as it is'] | BYTES[1] ['as it is']",
                "content | BYTES | [1] | ['as it is'] | BYTES[1] ['as it is']",
                "point | BYTES | [1] | ['{#x#: 1, #y#: 2}'] | BYTES[1] ['{#x#:2,#y#:1}']",
                "nothing | INT16 | [1] | [7] | BYTES[1] ['null']",
                "later | FP32 | [1] | [7] | FP32[1] [3.5]",
                "deep | FP64 | [1, 2, 0, 3] | [] | FP64[1,2,0,0] []",
                "nothingOfThree | BOOL | [0] | [] | FP32[0,3] []",
            })
    void answersInTheTypesOfTheMethod(String method, String type, String shape, String data, String answer) {
        Reply reply = ask(method, input(type, shape, quoted(data)));
        assertThat(text(reply)).isEqualTo(quoted(answer));
        assertThat(reply.value().path("model_name").asString())
                .isEqualTo(method.equals("call") ? "values" : "values:" + method);
        assertThat(reply.value().path("model_version").asString()).isEqualTo("1");
    }

    private static String quoted(String data) {
        return data.replace("#", "\\\"").replace('\'', '"');
    }

    @Test
    void answersInTheFormInWhichItWasAsked() {
        ByteBuf data = Unpooled.buffer().writeDoubleLE(1).writeDoubleLE(2);
        ByteBuf doubled = Infer.data(ask("call", binary(DataType.FP64, data, 2)));
        assertThat(doubled.readDoubleLE()).isEqualTo(2);
        assertThat(doubled.readDoubleLE()).isEqualTo(4);
        assertThat(doubled.isReadable()).isFalse();

        Reply echoed = ask(
                "call",
                json("'id': 'mine', 'inputs': [{'name': 'input', 'datatype': 'FP64', 'shape': [1], 'data': [1]}],"
                        + " 'outputs': [{'name': 'output'}]"));
        assertThat(echoed.value().path("id").asString()).isEqualTo("mine");
        assertThat(text(echoed)).isEqualTo("FP64[1] [2.0]");

        byte[] bare = {0, 0, 0, 0, 0, 0, -16, 63};
        assertThat(ask("call", new Content(bare, "application/octet-stream;json-length=0"))
                        .content()
                        .bytes())
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 64);
    }

    /** A length of 0 each, and nothing behind it. */
    @Test
    void takesEmptyStringsAndNoStringsAsBytes() {
        ByteBuf one = Unpooled.buffer().writeIntLE(0);
        assertThat(ByteBufUtil.hexDump(Infer.data(ask("text", binary(DataType.BYTES, one, 1)))))
                .isEqualTo("00000000");
        ByteBuf two = Unpooled.buffer().writeIntLE(0).writeIntLE(0);
        assertThat(ByteBufUtil.hexDump(Infer.data(ask("words", binary(DataType.BYTES, two, 2)))))
                .isEqualTo("0000000000000000");
        assertThat(Infer.data(ask("words", binary(DataType.BYTES, Unpooled.EMPTY_BUFFER, 0)))
                        .isReadable())
                .isFalse();
    }

    @Test
    void givesEachItemOfAStreamAShapeOfItsOwn() {
        assertThat(VALUES.stream("streamed", input("INT32", "[1]", "[3]"))
                        .map(item -> item.path("outputs").path(0).path("shape").toString())
                        .collectList()
                        .block())
                .containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    void goesByNamesAndShapesThatAreDeclared() {
        assertThat(VALUES.descriptor()
                        .method("declared")
                        .orElseThrow()
                        .tensors()
                        .orElseThrow()
                        .toString())
                .isEqualTo("TensorSignature[inputs=[pixels FP32[-1,2]], outputs=[scores FP32[2]]]");
        assertThat(ask(
                                "declared",
                                json("'inputs': [{'name': 'pixels', 'datatype': 'FP32', 'shape': [2, 2],"
                                        + " 'data': [1, 2, 3, 4]}], 'outputs': [{'name': 'scores'}]"))
                        .value()
                        .path("outputs")
                        .toString())
                .isEqualTo("[{\"name\":\"scores\",\"datatype\":\"FP32\",\"shape\":[2],\"data\":[0.0,0.0]}]");
        Reply other = ask(
                "declared",
                json("'inputs': [{'name': 'pixels', 'datatype': 'FP32', 'shape': [1, 2], 'data': [1, 2]}]"));
        assertThat(other.failure().orElseThrow().code()).isEqualTo(ErrorCode.FAILED);
        assertThat(other.failure().orElseThrow().message()).contains("[1]", "scores FP32[2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call | FP32 | [1] | [1] | The input 'input' is FP64[-1], and FP32[1] was given.",
                "call | FP64 | [1, 1] | [1] | The input 'input' is FP64[-1], and FP64[1,1] was given.",
                "call | FP64 | [2] | [1] | shape [2], and its data that of [1]",
                "call | FP64 | [1] | ['1'] | has elements of FP64",
                "whole | INT64 | [2] | [1, 2] | The input 'input' is INT64[1], and INT64[2] was given.",
                "whole | INT64 | [1] | [9223372036854775808] | does not fit INT64",
                "point | BYTES | [1] | ['{'] | is not valid JSON",
                "point | BYTES | [1] | ['{#x#: 1.5, #y#: 2}'] | 1.5",
                "turned | BOOL | [70000, 0] | [] | nothing but empty",
                "deep | FP64 | [2, 2000000000, 0, 5] | [] | nothing but empty",
            })
    void refusesWhatTheMethodDoesNotTake(String method, String type, String shape, String data, String why) {
        Reply reply = ask(method, input(type, shape, quoted(data)));
        assertThat(reply.failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(reply.failure().orElseThrow().message()).contains(why);
    }

    /** Names may be those of the request's own members. */
    @Test
    void readsTheSameBitsAsOtherTypes() {
        assertThat(text(ask(
                        "unsigned",
                        json("'id': 'mine', 'inputs': [{'name': 'id', 'datatype': 'UINT8', 'shape': [2],"
                                + " 'data': [200, 1]}], 'outputs': [{'name': 'outputs'}]"))))
                .isEqualTo("UINT16[1] [200]");
        assertThat(text(ask(
                        "unsigned", json("'inputs': [{'name': 'id', 'datatype': 'UINT8', 'shape': [0], 'data': []}]"))))
                .isEqualTo("UINT16[1] [65535]");
    }

    @Test
    void refusesTruthThatIsNeitherTrueNorFalse() {
        Reply reply = ask(
                "nothingOfThree",
                binary(DataType.BOOL, Unpooled.buffer().writeByte(1).writeByte(2), 2));
        assertThat(reply.failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(reply.failure().orElseThrow().message()).contains("the byte 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'inputs': [{'name': 'other', 'datatype': 'FP64', 'shape': [1], 'data': [1]}]",
                "'inputs': []",
                "'inputs': [{'name': 'input', 'datatype': 'FP64', 'shape': [1], 'data': [1]}],"
                        + " 'outputs': [{'name': 'other'}]",
                "'inputs': 1",
                "'input': ",
            })
    void refusesWhatIsNoRequest(String members) {
        assertThat(ask("call", json(members)).failure().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_INPUT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ragged | INT64 | arrays of different lengths, 1 and 2",
                "none | FP64 | returned a value that could not be encoded: java.lang.IllegalArgumentException: null",
                "fails | FP64 | it is broken",
            })
    void saysWhatIsWrongWithAResult(String method, String type, String why) {
        Reply reply = ask(method, input(type, "[1]", "[1]"));
        assertThat(reply.failure().orElseThrow().code()).isEqualTo(ErrorCode.FAILED);
        assertThat(reply.failure().orElseThrow().message()).contains(why);
    }

    @Actor("wrong")
    static class Wrong {
        long call(@Tensor(shape = {1, 2}) long[] input) {
            return 0;
        }
    }

    @Actor("wrong-type")
    static class WrongType {
        @Tensor(datatype = DataType.UINT8)
        int call(long[] input) {
            return 0;
        }
    }

    @Actor("wrong-text")
    static class WrongText {
        int call(@Tensor(datatype = DataType.FP32) String input) {
            return 0;
        }
    }

    @Test
    void refusesATypeOfAnotherSize() {
        assertThatThrownBy(() -> ActorKit.of(WrongType.class).start())
                .isInstanceOf(InvalidActorException.class)
                .hasMessageContaining("WrongType.call(long[])")
                .hasMessageContaining("it cannot be UINT8: a int is INT32, or [UINT32]");
        assertThatThrownBy(() -> ActorKit.of(WrongText.class).start())
                .isInstanceOf(InvalidActorException.class)
                .hasMessageContaining("it cannot be FP32: a String is BYTES");
    }

    @Test
    void refusesAShapeThatTheTypeDoesNotHave() {
        assertThatThrownBy(() -> ActorKit.of(Wrong.class).start())
                .isInstanceOf(InvalidActorException.class)
                .hasMessageContaining("Wrong.call(long[])")
                .hasMessageContaining("the shape [1, 2] has 2 dimensions, and a value has 1");
    }
}
