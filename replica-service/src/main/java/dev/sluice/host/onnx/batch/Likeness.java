package dev.sluice.host.onnx.batch;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import io.netty.buffer.ByteBufUtil;

/**
 * Whether two tensors are the same but for what rounding in another order does, which made-up inputs may enlarge. Another query's
 * influence is larger than that.
 */
final class Likeness {

    private static final double RELATIVE = 1e-2;
    private static final double ABSOLUTE = 1e-2;

    private Likeness() {}

    static boolean alike(Tensor one, Tensor other) {
        if (one.type() != DataType.FP32 && one.type() != DataType.FP64) {
            // Halves are compared by their neighbours in no case: models of them are few, and batching: true is for
            // them.
            return ByteBufUtil.equals(one.data(), other.data());
        }
        long elements = one.elements();
        for (int i = 0; i < elements; i++) {
            if (!alike(value(one, i), value(other, i))) {
                return false;
            }
        }
        return elements == other.elements();
    }

    private static double value(Tensor tensor, int element) {
        int at = tensor.data().readerIndex() + element * tensor.type().size();
        return tensor.type() == DataType.FP32
                ? tensor.data().getFloatLE(at)
                : tensor.data().getDoubleLE(at);
    }

    private static boolean alike(double one, double other) {
        return Double.compare(one, other) == 0
                || Math.abs(one - other) <= ABSOLUTE + RELATIVE * Math.max(Math.abs(one), Math.abs(other));
    }
}
