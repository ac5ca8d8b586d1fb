package dev.sluice.host.onnx.actor;

import dev.sluice.common.tensor.InferRequest;
import dev.sluice.common.tensor.Tensor;
import java.util.List;

/**
 * One query, read and found good.
 *
 * @param index in its batch
 * @param request as it came; its tensors are released with it
 * @param inputs the same, in the order in which the model declares them
 * @param rows that it brings along the batch's dimension
 * @param bare whether it came without that dimension, and its results go without
 */
record ModelQuery(int index, InferRequest request, List<Tensor> inputs, long rows, boolean bare) {

    /** Of all inputs. */
    long elements() {
        return inputs.stream().mapToLong(Tensor::elements).sum();
    }

    void release() {
        request.release();
    }
}
