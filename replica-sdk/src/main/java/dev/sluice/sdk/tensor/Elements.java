package dev.sluice.sdk.tensor;

import dev.sluice.common.tensor.DataType;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What a tensor consists of, as Java has it: numbers, or what is a string on the wire. Safe for use by several threads. */
abstract class Elements {

    /** Of the tensor. */
    abstract DataType type();

    /** What an array of them consists of. */
    abstract Class<?> component();

    /**
     * @param from the first element of the tensor
     * @param array of {@link #component}, into which they are read from an index on
     */
    abstract void read(TensorData data, int from, int count, Object array, int at);

    /** A single element. */
    abstract @Nullable Object read(TensorData data, int element);

    /** Appends elements of an array of {@link #component}. */
    abstract void write(Object array, int from, int count, ByteBuf out);

    /** Appends a single element. */
    abstract void write(@Nullable Object value, ByteBuf out);
}
