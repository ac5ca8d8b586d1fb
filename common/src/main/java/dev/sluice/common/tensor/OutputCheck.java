package dev.sluice.common.tensor;

import dev.sluice.common.error.QueryException;
import java.util.List;

/** Whether a model has the outputs that it is asked for. */
public final class OutputCheck {

    private final List<String> names;

    /** @param declared the outputs of the model */
    public OutputCheck(List<TensorSpec> declared) {
        this.names = declared.stream().map(TensorSpec::name).toList();
    }

    /** @throws QueryException with {@code INVALID_INPUT} and a sentence that says what there is */
    public void check(List<InferRequest.Asked> asked) {
        for (InferRequest.Asked output : asked) {
            if (!names.contains(output.name())) {
                throw Invalid.input("The model has no output '" + output.name() + "'; it gives " + names + ".");
            }
        }
    }
}
