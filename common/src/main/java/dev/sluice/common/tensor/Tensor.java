package dev.sluice.common.tensor;

import io.netty.buffer.ByteBuf;

/**
 * A tensor with its data.
 *
 * @param name of the input or output
 * @param type of its elements
 * @param shape sizes of its dimensions; none of a scalar
 * @param data the elements row by row, little-endian, strings as {@link DataType#BYTES} says; read by absolute index. Belongs to the
 *     tensor, and is released with it
 */
@SuppressWarnings("ArrayRecordComponent") // passes through once, never compared
public record Tensor(String name, DataType type, long[] shape, ByteBuf data) {

    /** How many elements the shape asks for. */
    public long elements() {
        return Shapes.elements(shape);
    }

    /** This tensor's data in another shape of as many elements; it is released through one of the two. */
    public Tensor as(long... other) {
        return new Tensor(name, type, other, data);
    }

    /** A scalar as an array of one, as models are written whose tensors have at least one dimension; any other as it is. */
    public Tensor inADimension() {
        return shape.length == 0 ? as(1) : this;
    }

    /** Frees the data. */
    public void release() {
        data.release();
    }
}
