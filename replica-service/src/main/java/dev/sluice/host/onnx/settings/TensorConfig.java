package dev.sluice.host.onnx.settings;

import dev.sluice.common.tensor.DataType;
import java.util.List;
import java.util.Optional;

/**
 * What is said of one input or output.
 *
 * @param batchDimension the dimension along which queries are stacked, from 0
 * @param pad how queries that differ in size are made alike; of inputs
 * @param sampleShape of one query, with which the model is tried and warmed up; of inputs
 * @param type of the elements, to be checked against the model's
 * @param shape to be checked against the model's, -1 for any size
 */
public record TensorConfig(
        Optional<Integer> batchDimension,
        Optional<Pad> pad,
        Optional<List<Long>> sampleShape,
        Optional<DataType> type,
        Optional<List<Long>> shape) {

    /** Nothing is said. */
    public static final TensorConfig UNSAID =
            new TensorConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * @param dimension along which shorter queries are filled up
     * @param value with which
     */
    public record Pad(int dimension, double value) {}
}
