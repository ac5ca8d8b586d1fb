package dev.sluice.host.onnx.batch;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.Tensor;

/** Floats that are no number, which a model would carry into its results. */
public final class NotANumber {

    private NotANumber() {}

    /** @throws QueryException with {@code INVALID_INPUT} where there is one among the elements */
    public static void refuse(Tensor tensor) {
        if (Values.hasNaN(tensor.type(), tensor.data())) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT,
                    "The input '" + tensor.name() + "' has an element that is NaN, which this model does not take"
                            + " (allow-nan in its config.yaml would let it).");
        }
    }
}
