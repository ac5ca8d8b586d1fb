package dev.sluice.common.tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * A tensor as a model declares it.
 *
 * @param name of the input or output
 * @param type of its elements
 * @param shape sizes of its dimensions; -1: any
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never changed, and compared by its elements
public record TensorSpec(String name, DataType type, long[] shape) {

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorSpec spec
                && name.equals(spec.name)
                && type == spec.type
                && Arrays.equals(shape, spec.shape);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, Arrays.hashCode(shape));
    }

    /** For instance {@code bytes INT32[-1,2048]}. */
    @Override
    public String toString() {
        return name + " " + type + Shapes.text(shape);
    }
}
