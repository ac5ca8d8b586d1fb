package dev.sluice.host.onnx.batch;

import dev.sluice.common.tensor.Tensor;

/** The dimension of an output that grows with the queries. */
final class OutputAxis {

    static final int NONE = -1;

    private OutputAxis() {}

    /** @return {@link #NONE} where there is not exactly one that grows by as much with each query */
    static int of(Tensor one, Tensor two, Tensor three) {
        int axis = NONE;
        if (one.shape().length != two.shape().length || one.shape().length != three.shape().length) {
            return NONE;
        }
        for (int d = 0; d < one.shape().length; d++) {
            long size = one.shape()[d];
            if (two.shape()[d] == size && three.shape()[d] == size) {
                continue;
            }
            if (axis != NONE || two.shape()[d] != 2 * size || three.shape()[d] != 3 * size) {
                return NONE;
            }
            axis = d;
        }
        return axis;
    }
}
