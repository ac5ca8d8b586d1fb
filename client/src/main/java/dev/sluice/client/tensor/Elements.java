package dev.sluice.client.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Whether bytes are as many elements as a shape says. */
final class Elements {

    private Elements() {}

    /** How many elements the bytes are; of what is cut off in the middle, as many as there are whole ones. */
    static long count(DataType type, ByteBuffer data) {
        return type == DataType.BYTES ? strings(data) : data.remaining() / type.size();
    }

    /** -1 where the last one is cut off. */
    private static long strings(ByteBuffer data) {
        ByteBuffer rest = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long strings = 0;
        while (rest.remaining() >= Integer.BYTES) {
            long length = Integer.toUnsignedLong(rest.getInt());
            if (length > rest.remaining()) {
                return -1;
            }
            rest.position(rest.position() + (int) length);
            strings++;
        }
        return rest.hasRemaining() ? -1 : strings;
    }

    /** @throws IllegalArgumentException where they are not as many */
    static void check(Tensor tensor) {
        long[] shape = tensor.shape();
        long elements = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException(tensor + " has a negative size; a tensor's own sizes are known.");
            }
            elements = size != 0 && elements > Long.MAX_VALUE / size ? Long.MAX_VALUE : elements * size;
        }
        ByteBuffer data = tensor.data();
        DataType type = tensor.type();
        boolean whole = type == DataType.BYTES || data.remaining() % type.size() == 0;
        long there = count(type, data);
        if (!whole || there != elements) {
            throw new IllegalArgumentException(tensor + " has " + elements + " elements by its shape "
                    + Arrays.toString(shape) + ", and "
                    + (there < 0
                            ? "strings that are cut off."
                            : data.remaining() + " bytes, which are " + there + "."));
        }
    }

    static String reader(DataType type) {
        return switch (type) {
            case BOOL -> "booleans()";
            case UINT8, INT8 -> "bytes()";
            case UINT16, INT16, FP16, BF16 -> "shorts()";
            case UINT32, INT32 -> "ints()";
            case UINT64, INT64 -> "longs()";
            case FP32 -> "floats()";
            case FP64 -> "doubles()";
            case BYTES -> "strings(), byteArrays()";
        };
    }
}
