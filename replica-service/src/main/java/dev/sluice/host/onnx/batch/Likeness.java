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

    /** Of the largest value: the smallest may be sums of large ones. */
    private static final double OF_LARGEST = 1e-2;

    private static final double NOTHING = 1e-9;

    private Likeness() {}

    static boolean alike(Tensor one, Tensor other) {
        if (one.type() != DataType.FP32 && one.type() != DataType.FP64) {
            // Halves are compared by their neighbours in no case: models of them are few, and batching: true is for
            // them.
            return ByteBufUtil.equals(one.data(), other.data());
        }
        long elements = one.elements();
        double tolerance = NOTHING + OF_LARGEST * largest(other);
        for (int i = 0; i < elements; i++) {
            if (!alike(value(one, i), value(other, i), tolerance)) {
                return false;
            }
        }
        return elements == other.elements();
    }

    private static double largest(Tensor tensor) {
        double largest = 0;
        for (int i = 0; i < tensor.elements(); i++) {
            double value = Math.abs(value(tensor, i));
            largest = Double.isFinite(value) ? Math.max(largest, value) : largest;
        }
        return largest;
    }

    private static double value(Tensor tensor, int element) {
        int at = tensor.data().readerIndex() + element * tensor.type().size();
        return tensor.type() == DataType.FP32
                ? tensor.data().getFloatLE(at)
                : tensor.data().getDoubleLE(at);
    }

    private static boolean alike(double one, double other, double tolerance) {
        return Double.compare(one, other) == 0
                || Math.abs(one - other) <= tolerance + RELATIVE * Math.max(Math.abs(one), Math.abs(other));
    }
}
