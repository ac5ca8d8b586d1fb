package dev.sluice.host.onnx.batch;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.ByteBuf;

/** Where the elements of a tensor lie in its bytes. */
final class Elements {

    private final ByteBuf data;
    private final int size;
    private final int[] offsets;

    Elements(Tensor tensor) {
        this.data = tensor.data();
        this.size = tensor.type().size();
        this.offsets = tensor.type() == DataType.BYTES ? offsets(tensor) : new int[0];
    }

    private static int[] offsets(Tensor tensor) {
        int[] offsets = new int[Math.toIntExact(tensor.elements()) + 1];
        int at = tensor.data().readerIndex();
        for (int i = 0; i < offsets.length - 1; i++) {
            offsets[i] = at;
            at += Integer.BYTES + tensor.data().getIntLE(at);
        }
        offsets[offsets.length - 1] = at;
        return offsets;
    }

    /** Appends the elements from one to before another. */
    void copy(long from, long to, ByteBuf out) {
        int start = offset(from);
        out.writeBytes(data, start, offset(to) - start);
    }

    int bytes(long from, long to) {
        return offset(to) - offset(from);
    }

    private int offset(long element) {
        return size == 0 ? offsets[(int) element] : data.readerIndex() + Math.toIntExact(element * size);
    }
}
