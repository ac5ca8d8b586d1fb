package dev.sluice.frontend.flight.column;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSpec;

/** How the values of a column lie in a record batch: in which buffers, and which elements of a tensor they are. */
public sealed interface Layout {

    /** Numbers, one behind the other. */
    record Numbers(DataType type) implements Layout {}

    /** A bit for each. */
    record Bits() implements Layout {}

    /**
     * Texts or bytes.
     *
     * @param text whether they are in UTF-8
     * @param large whether their offsets are of 64 bits
     */
    record Strings(boolean text, boolean large) implements Layout {}

    /** Lists of one size. */
    record FixedLists(int size, Layout child) implements Layout {}

    /**
     * Lists.
     *
     * @param large whether their offsets are of 64 bits
     */
    record Lists(Layout child, boolean large) implements Layout {}

    /** Of the elements of a tensor. */
    default DataType elements() {
        if (this instanceof Numbers numbers) {
            return numbers.type();
        }
        if (this instanceof Bits) {
            return DataType.BOOL;
        }
        return this instanceof FixedLists lists
                ? lists.child().elements()
                : this instanceof Lists lists ? lists.child().elements() : DataType.BYTES;
    }

    /** How many lists are around each element. */
    default int depth() {
        return this instanceof FixedLists lists
                ? 1 + lists.child().depth()
                : this instanceof Lists lists ? 1 + lists.child().depth() : 0;
    }

    /**
     * Of an output.
     *
     * @param from its first dimension that is no row
     * @param text whether its strings are texts
     */
    static Layout of(TensorSpec output, int from, boolean text) {
        Layout layout = switch (output.type()) {
            case BOOL -> new Bits();
            case BYTES -> new Strings(text, false);
            default -> new Numbers(output.type());
        };
        for (int i = output.shape().length - 1; i >= from; i--) {
            long size = output.shape()[i];
            layout = size < 0 || size > Integer.MAX_VALUE
                    ? new Lists(layout, false)
                    : new FixedLists((int) size, layout);
        }
        return layout;
    }
}
