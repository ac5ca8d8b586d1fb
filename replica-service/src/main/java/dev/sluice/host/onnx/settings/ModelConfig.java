package dev.sluice.host.onnx.settings;

import dev.sluice.host.onnx.session.RuntimeSettings;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of one model. What is empty is as the model itself says, or as the host is set.
 *
 * @param description one line for people
 * @param maxBatchSize rows that may be computed together
 * @param batching false: query by query; true: in batches, whatever the trial of it shows
 * @param maxWaitMicros how long {@code fifo} waits for a batch to fill
 * @param runtime how it is run
 * @param allowNan whether floats that are no number are inputs like others
 * @param inputs by name
 * @param outputs by name
 */
public record ModelConfig(
        Optional<String> description,
        Optional<Integer> maxBatchSize,
        Optional<Boolean> batching,
        Optional<Long> maxWaitMicros,
        RuntimeSettings runtime,
        boolean allowNan,
        Map<String, TensorConfig> inputs,
        Map<String, TensorConfig> outputs) {

    public ModelConfig {
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }

    /** Of a model of which nothing is said. */
    public static ModelConfig of(RuntimeSettings runtime) {
        return new ModelConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                runtime,
                false,
                Map.of(),
                Map.of());
    }

    /** What is said of an input; nothing where it is not named. */
    public TensorConfig input(String name) {
        return inputs.getOrDefault(name, TensorConfig.UNSAID);
    }

    /** What is said of an output; nothing where it is not named. */
    public TensorConfig output(String name) {
        return outputs.getOrDefault(name, TensorConfig.UNSAID);
    }
}
