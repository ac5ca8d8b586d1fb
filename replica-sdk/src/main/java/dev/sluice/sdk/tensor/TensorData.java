package dev.sluice.sdk.tensor;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The elements of a tensor that came, of any order. Holds nothing that has to be freed. */
final class TensorData {

    private final ByteBuf bytes;
    private final int[] starts;

    private TensorData(ByteBuf bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /**
     * @param tensor found to be what its shape says
     * @param lasting the same data in the query's body, which stays when the tensor is released; null where they are not there
     */
    static TensorData of(Tensor tensor, @Nullable ByteBuf lasting) {
        ByteBuf kept = lasting != null ? lasting : Unpooled.wrappedBuffer(ByteBufUtil.getBytes(tensor.data()));
        return new TensorData(
                kept, tensor.type() == DataType.BYTES ? starts(kept, (int) tensor.elements()) : new int[0]);
    }

    private static int[] starts(ByteBuf data, int count) {
        int[] starts = new int[count];
        int at = data.readerIndex();
        for (int i = 0; i < count; i++) {
            starts[i] = at + Integer.BYTES;
            at = starts[i] + data.getIntLE(at);
        }
        return starts;
    }

    /** Whether its bytes lie in one piece of memory. */
    boolean isOnePiece() {
        return bytes.nioBufferCount() == 1;
    }

    /** Little-endian. */
    ByteBuffer bytes(int from, int length) {
        return bytes.nioBuffer(bytes.readerIndex() + from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of a string. */
    ByteBuf string(int element) {
        int start = starts[element];
        return bytes.slice(start, bytes.getIntLE(start - Integer.BYTES));
    }
}
