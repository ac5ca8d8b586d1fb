package dev.sluice.common.tensor;

/**
 * A tensor as a model declares it.
 *
 * @param name of the input or output
 * @param type of its elements
 * @param shape sizes of its dimensions; -1: any
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never changed and never compared
public record TensorSpec(String name, DataType type, long[] shape) {

    /** For instance {@code bytes INT32[-1,2048]}. */
    @Override
    public String toString() {
        return name + " " + type + Shapes.text(shape);
    }
}
