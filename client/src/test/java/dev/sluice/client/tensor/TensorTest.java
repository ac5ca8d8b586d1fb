package dev.sluice.client.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void primitivesComeBackAsTheyWere() {
        assertThat(Tensor.bool("x", new boolean[] {true, false}).booleans()).containsExactly(true, false);
        assertThat(Tensor.int8("x", new byte[] {-128, 127}).bytes()).containsExactly(-128, 127);
        assertThat(Tensor.uint8("x", new byte[] {-1}).bytes()).containsExactly(-1);
        assertThat(Tensor.int16("x", new short[] {Short.MIN_VALUE}).shorts()).containsExactly(Short.MIN_VALUE);
        assertThat(Tensor.int32("x", new int[] {Integer.MIN_VALUE, 7}).ints()).containsExactly(Integer.MIN_VALUE, 7);
        assertThat(Tensor.int64("x", new long[] {Long.MAX_VALUE, -1}).longs()).containsExactly(Long.MAX_VALUE, -1);
        assertThat(Tensor.fp32("x", new float[] {1.5f, Float.NaN}).floats()).containsExactly(1.5f, Float.NaN);
        assertThat(Tensor.fp64("x", new double[] {Math.PI, -0.0}).doubles()).containsExactly(Math.PI, -0.0);
        assertThat(Tensor.strings("x", List.of("é", "")).strings()).containsExactly("é", "");
        assertThat(Tensor.bytes("x", List.of(new byte[] {0, -1})).byteArrays()).containsExactly(new byte[] {0, -1});
    }

    @Test
    void bytesAreLittleEndian() {
        ByteBuffer data = Tensor.int32("x", new int[] {0x01020304}).data();
        assertThat(data.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(data.get(0)).isEqualTo((byte) 4);
        assertThat(Tensor.strings("x", List.of("ab")).data())
                .isEqualTo(ByteBuffer.wrap(new byte[] {2, 0, 0, 0, 'a', 'b'}));
    }

    @Test
    void withoutAShapeThereIsOneDimension() {
        assertThat(Tensor.fp32("x", new float[6]).shape()).containsExactly(6);
        assertThat(Tensor.fp32("x", new float[6], 2, 3).shape()).containsExactly(2, 3);
        assertThat(Tensor.fp32("x", new float[0], 0, 3).shape()).containsExactly(0, 3);
        assertThat(Tensor.strings("x", List.of("a", "b")).shape()).containsExactly(2);
        assertThat(Tensor.of("x", DataType.FP16, ByteBuffer.allocate(8)).shape())
                .containsExactly(4);
    }

    @Test
    void aBufferIsNotCopiedAndMayBeDirect() {
        ByteBuffer direct = ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN);
        direct.putLong(0, 5).putLong(8, 7).position(8);
        Tensor tensor = Tensor.of("x", DataType.INT64, direct);
        assertThat(tensor.longs()).containsExactly(7);
        assertThat(tensor.data().isDirect()).isTrue();
        assertThat(tensor.data().isReadOnly()).isTrue();
        assertThat(direct.position()).isEqualTo(8);
        tensor.data().getLong();
        assertThat(tensor.data().remaining()).isEqualTo(8);
    }

    @Test
    void elementsAreAsManyAsTheShapeSays() {
        assertThatThrownBy(() -> Tensor.fp32("x", new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The tensor 'x', FP32[2, 3], has 6 elements by its shape [2, 3], and 20 bytes, which are 5.");
        assertThatThrownBy(() -> Tensor.of("x", DataType.INT64, ByteBuffer.allocate(9), 1))
                .hasMessageContaining("and 9 bytes, which are 1");
        assertThatThrownBy(() -> Tensor.of("x", DataType.BYTES, ByteBuffer.wrap(new byte[] {9, 0, 0, 0, 1}), 1))
                .hasMessageContaining("strings that are cut off");
        assertThatThrownBy(() -> Tensor.of("x", DataType.BYTES, ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, 1}), 1))
                .hasMessageContaining("strings that are cut off");
        assertThatThrownBy(() -> Tensor.fp32("x", new float[5], -1)).hasMessageContaining("has a negative size");
        assertThatThrownBy(() -> Tensor.fp32("x", new float[0], Long.MAX_VALUE, Long.MAX_VALUE))
                .hasMessageContaining("elements by its shape");
    }

    @Test
    void aTensorIsReadAsWhatItIs() {
        assertThatThrownBy(() -> Tensor.int64("x", new long[3]).floats())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The tensor 'x', INT64[3], is read with longs(), or with data(), not with floats().");
    }

    @Test
    void theOnlyOutputNeedsNoName() {
        Tensor y = Tensor.int64("y", new long[1]);
        assertThat(new Inference("m", "1", List.of(y)).output()).isSameAs(y);
        assertThatThrownBy(() -> new Inference("m", "1", List.of(y, Tensor.int64("z", new long[1]))).output())
                .hasMessage("The model m gave [y, z]: ask for one by its name.");
    }
}
