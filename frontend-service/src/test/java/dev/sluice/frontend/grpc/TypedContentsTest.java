package dev.sluice.frontend.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import inference.InferTensorContents;
import inference.ModelInferRequest.InferInputTensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypedContentsTest {

    static Stream<Arguments> contents() {
        return Stream.of(
                of("BOOL", "0001", it -> it.addBoolContents(false).addBoolContents(true)),
                of(
                        "INT8",
                        "80ff7f",
                        it -> it.addIntContents(-128).addIntContents(-1).addIntContents(127)),
                of("INT16", "0080ff7f", it -> it.addIntContents(-32768).addIntContents(32767)),
                of(
                        "INT32",
                        "00000080ffffff7f",
                        it -> it.addIntContents(Integer.MIN_VALUE).addIntContents(Integer.MAX_VALUE)),
                of("INT64", "0000000000000080", it -> it.addInt64Contents(Long.MIN_VALUE)),
                of("UINT8", "00ff", it -> it.addUintContents(0).addUintContents(255)),
                of("UINT16", "ffff", it -> it.addUintContents(65535)),
                of("UINT32", "ffffffff", it -> it.addUintContents(-1)),
                of("UINT64", "ffffffffffffffff", it -> it.addUint64Contents(-1)),
                of("FP32", "0000803f", it -> it.addFp32Contents(1)),
                of("FP64", "000000000000f03f", it -> it.addFp64Contents(1)),
                of(
                        "BYTES",
                        "00000000020000006162",
                        it -> it.addBytesContents(ByteString.EMPTY).addBytesContents(ByteString.copyFromUtf8("ab"))),
                of("FP32", "", it -> {}),
                of("FP16", "", it -> {}));
    }

    private static Arguments of(String type, String hex, Consumer<InferTensorContents.Builder> fill) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        fill.accept(contents);
        return Arguments.of(type, hex, contents.build());
    }

    private static InferInputTensor input(String type, InferTensorContents contents) {
        return InferInputTensor.newBuilder()
                .setName("x")
                .setDatatype(type)
                .setContents(contents)
                .build();
    }

    @ParameterizedTest
    @MethodSource("contents")
    void becomeLittleEndianBytes(String type, String hex, InferTensorContents contents) {
        ByteBuf bytes = TypedContents.bytes(input(type, contents), ByteBufAllocator.DEFAULT);
        assertThat(ByteBufUtil.hexDump(bytes)).isEqualTo(hex);
        bytes.release();
    }

    @ParameterizedTest
    @CsvSource({"INT8, 128", "INT8, -129", "INT16, 32768", "INT16, -32769"})
    void areRefusedWhereANumberDoesNotFit(String type, int value) {
        InferTensorContents contents =
                InferTensorContents.newBuilder().addIntContents(value).build();
        assertThatThrownBy(() -> TypedContents.bytes(input(type, contents), ByteBufAllocator.DEFAULT))
                .hasMessage("In the input 'x', " + value + " does not fit " + type + ".");
    }

    @ParameterizedTest
    @CsvSource({"UINT8, 256", "UINT8, -1", "UINT16, 65536"})
    void areRefusedWhereAnUnsignedNumberDoesNotFit(String type, int value) {
        InferTensorContents contents =
                InferTensorContents.newBuilder().addUintContents(value).build();
        assertThatThrownBy(() -> TypedContents.bytes(input(type, contents), ByteBufAllocator.DEFAULT))
                .hasMessageContaining("does not fit " + type);
    }

    @Test
    void areRefusedInTheFieldOfAnotherType() {
        InferTensorContents contents =
                InferTensorContents.newBuilder().addIntContents(1).build();
        assertThatThrownBy(() -> TypedContents.bytes(input("FP32", contents), ByteBufAllocator.DEFAULT))
                .hasMessage("The input 'x' is FP32 and has int_contents; it takes fp32_contents.");
        assertThatThrownBy(() -> TypedContents.bytes(input("BF16", contents), ByteBufAllocator.DEFAULT))
                .hasMessageContaining("it goes into raw_input_contents");
        assertThatThrownBy(() -> TypedContents.bytes(input("FP33", contents), ByteBufAllocator.DEFAULT))
                .hasMessageContaining("\"FP33\", which there is not");
    }
}
