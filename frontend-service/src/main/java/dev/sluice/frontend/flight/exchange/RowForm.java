package dev.sluice.frontend.flight.exchange;

import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.query.model.Model;

/** How rows lie in the inputs and outputs of a method. */
enum RowForm {
    /** The first dimension of each counts them. */
    MANY,
    /** Each is a query of its own. */
    ONE;

    static RowForm of(Model model) {
        boolean many = model.method().batched()
                && model.inputs().stream().allMatch(spec -> spec.shape().length > 0 && spec.shape()[0] == -1);
        return many ? MANY : ONE;
    }

    /** The first dimension that is within a row. One element is a value, and no list of one. */
    int from(long[] shape) {
        boolean isValue = shape.length == 1 && shape[0] == 1;
        return this == MANY || isValue ? Math.min(1, shape.length) : 0;
    }

    /** How many lists are around an element within its row. */
    int depth(TensorSpec spec) {
        return spec.shape().length - from(spec.shape());
    }
}
