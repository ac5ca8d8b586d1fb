package dev.sluice.client.tensor;

import java.util.List;

/**
 * What a model, a method of an actor, takes and gives.
 *
 * @param name the actor's for its method {@code call}, {@code actor:method} for any other
 */
public record ModelInfo(String name, List<String> versions, List<TensorInfo> inputs, List<TensorInfo> outputs) {

    public ModelInfo {
        versions = List.copyOf(versions);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * An input or output.
     *
     * @param shape -1 where a size varies
     */
    public record TensorInfo(String name, DataType type, List<Long> shape) {}
}
