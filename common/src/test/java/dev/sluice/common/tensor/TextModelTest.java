package dev.sluice.common.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.QueryException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextModelTest {

    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
    private final TextModel model = new TextModel("m", "7", buffers);

    private static TextModel.Query read(String members) {
        ByteBuf body = Unpooled.copiedBuffer("{" + members.replace('\'', '"') + "}", StandardCharsets.UTF_8);
        return TextModel.read(body, InferMedia.binary(body.readableBytes()));
    }

    private static String input(String shape, String data) {
        return "'inputs': [{'name': 'input', 'datatype': 'BYTES', 'shape': " + shape + ", 'data': " + data + "}]";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1, 2] | application/json", "' null' | application/json", "%PDF | application/octet-stream"})
    void tellsJsonFromOtherBytes(String text, String mediaType) {
        TextModel.Query query = read(input("[1]", "['" + text + "']"));
        assertThat(query.body().toString(StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(query.mediaType()).isEqualTo(mediaType);
    }

    @Test
    void takesAnEmptyStringAndOneWithoutADimension() {
        assertThat(read(input("[1]", "['']")).body().readableBytes()).isZero();
        assertThat(read(input("[]", "['x']")).body().readableBytes()).isEqualTo(1);
    }

    @Test
    void answersInTheFormInWhichItWasAsked() {
        ByteBuf result = Unpooled.copiedBuffer("{\"a\":1}", StandardCharsets.UTF_8);
        InferResult text = model.write(read("'id': 'q', " + input("[1]", "['1']")), result);
        assertThat(text.body().toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"model_name\":\"m\",\"model_version\":\"7\",\"id\":\"q\",\"outputs\":[{\"name\":\"output\","
                                + "\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"{\\\"a\\\":1}\"]}]}");
        text.body().release();

        InferResult binary =
                model.write(read("'parameters': {'binary_data_output': true}, " + input("[1]", "['1']")), result);
        int jsonLength = InferMedia.jsonLength(binary.mediaType()).orElseThrow();
        ByteBuf data = binary.body().skipBytes(jsonLength);
        assertThat(data.readIntLE()).isEqualTo(7);
        assertThat(data.toString(StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
        binary.body().release();
        assertThat(buffers.metric().usedDirectMemory()).isZero();
    }

    @Test
    void refusesToPutBytesThatAreNoTextIntoJson() {
        ByteBuf picture = Unpooled.wrappedBuffer(new byte[] {(byte) 0x89, (byte) 0xFF});
        TextModel.Query query = read(input("[1]", "['1']"));
        assertThatThrownBy(() -> model.write(query, picture)).isInstanceOf(QueryException.class);
        assertThat(buffers.metric().usedDirectMemory()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'inputs': []",
                "'inputs': [{'name': 'input', 'datatype': 'INT32', 'shape': [1], 'data': [1]}]",
                "'inputs': [{'name': 'input', 'datatype': 'BYTES', 'shape': [2], 'data': ['1', '2']}]",
                "'inputs': [{'name': 'other', 'datatype': 'BYTES', 'shape': [1], 'data': ['1']}]",
                "'inputs': [{'name': 'input', 'datatype': 'BYTES', 'shape': [1], 'data': ['1']}],"
                        + " 'outputs': [{'name': 'other'}]",
            })
    void refusesWhatItDoesNotTake(String members) {
        assertThatThrownBy(() -> read(members)).isInstanceOf(QueryException.class);
    }

    @Test
    void saysWhatItTakes() {
        assertThat(TextModel.SIGNATURE)
                .isEqualTo(new TensorSignature(
                        List.of(new TensorSpec("input", DataType.BYTES, new long[] {1})),
                        List.of(new TensorSpec("output", DataType.BYTES, new long[] {1}))));
    }
}
