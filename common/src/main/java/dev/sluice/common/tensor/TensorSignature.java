package dev.sluice.common.tensor;

import java.util.List;

/**
 * A method as a model of the Open Inference Protocol: what it takes and gives. Inputs and outputs with a first dimension of any size may
 * carry several rows in one query.
 */
public record TensorSignature(List<TensorSpec> inputs, List<TensorSpec> outputs) {

    public TensorSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
