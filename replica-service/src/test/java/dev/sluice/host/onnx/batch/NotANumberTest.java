package dev.sluice.host.onnx.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.DataType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NotANumberTest {

    /** Two blocks and a bit of a third. */
    private static final int ELEMENTS = 9_001;

    private static Stream<Arguments> notNumbers() {
        return Stream.of(
                Arguments.of(DataType.FP32, 0x7FC0_0000L),
                Arguments.of(DataType.FP32, 0x7F80_0001L),
                Arguments.of(DataType.FP32, 0xFFFF_FFFFL),
                Arguments.of(DataType.FP64, 0x7FF8_0000_0000_0000L),
                Arguments.of(DataType.FP64, 0x7FF0_0000_0000_0001L),
                Arguments.of(DataType.FP64, 0xFFF8_0000_0000_0000L),
                Arguments.of(DataType.FP16, 0x7E00L),
                Arguments.of(DataType.FP16, 0xFC01L),
                Arguments.of(DataType.BF16, 0x7FC0L),
                Arguments.of(DataType.BF16, 0xFF81L));
    }

    private static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of(DataType.FP32, 0x7F80_0000L),
                Arguments.of(DataType.FP32, 0xFF80_0000L),
                Arguments.of(DataType.FP64, 0x7FF0_0000_0000_0000L),
                Arguments.of(DataType.FP64, 0xFFF0_0000_0000_0000L),
                Arguments.of(DataType.FP16, 0x7C00L),
                Arguments.of(DataType.FP16, 0xFC00L),
                Arguments.of(DataType.BF16, 0x7F80L),
                Arguments.of(DataType.BF16, 0xFF80L),
                Arguments.of(DataType.INT32, 0x7FC0_0000L),
                Arguments.of(DataType.UINT64, 0xFFFF_FFFF_FFFF_FFFFL));
    }

    @ParameterizedTest
    @MethodSource("notNumbers")
    void isFoundWhereverItIs(DataType type, long bits) {
        for (int place : new int[] {0, 1, 4_095, 4_096, 8_191, 8_192, ELEMENTS - 1}) {
            ByteBuf whole = elements(type, place, bits);
            ByteBuf inPieces = pieces(whole);
            assertThat(NotANumber.isAmong(type, whole)).as("at %s", place).isTrue();
            assertThat(NotANumber.isAmong(type, inPieces))
                    .as("in pieces, at %s", place)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void infinityIsANumber(DataType type, long bits) {
        ByteBuf whole = elements(type, 4_096, bits);
        assertThat(NotANumber.isAmong(type, whole)).isFalse();
        assertThat(NotANumber.isAmong(type, pieces(whole))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("notNumbers")
    void whatIsOutsideOfTheDataDoesNotCount(DataType type, long bits) {
        ByteBuf whole = elements(type, 0, bits);
        int size = type.size();
        assertThat(NotANumber.isAmong(type, whole.slice(size, whole.readableBytes() - size)))
                .isFalse();
        assertThat(NotANumber.isAmong(type, Unpooled.EMPTY_BUFFER)).isFalse();
    }

    private static ByteBuf elements(DataType type, int place, long bits) {
        int size = type.size();
        ByteBuf data = Unpooled.buffer(ELEMENTS * size).writeZero(ELEMENTS * size);
        for (int i = 0; i < size; i++) {
            data.setByte(place * size + i, (int) (bits >>> (Byte.SIZE * i)));
        }
        return data;
    }

    /** As frames of a link bring it: they end anywhere, and their indices do not begin at 0. */
    private static ByteBuf pieces(ByteBuf whole) {
        CompositeByteBuf pieces = Unpooled.compositeBuffer(1_000);
        int at = 0;
        while (at < whole.readableBytes()) {
            int length = Math.min(whole.readableBytes() - at, 4_099);
            pieces.addComponent(true, whole.slice(at, length));
            at += length;
        }
        return pieces;
    }
}
