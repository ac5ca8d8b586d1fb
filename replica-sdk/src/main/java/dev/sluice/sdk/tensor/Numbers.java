package dev.sluice.sdk.tensor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import io.netty.buffer.ByteBuf;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers and truth values, copied as bytes between tensors and primitive arrays. */
final class Numbers extends Elements {

    /** What is put together at once of a body that lies in several pieces of memory. */
    private static final int WINDOW = 16 * 1024;

    private static final Map<Class<?>, DataType> TYPES = Map.of(
            long.class, DataType.INT64,
            int.class, DataType.INT32,
            short.class, DataType.INT16,
            byte.class, DataType.INT8,
            double.class, DataType.FP64,
            float.class, DataType.FP32,
            boolean.class, DataType.BOOL);

    private static final Map<Class<?>, Set<DataType>> EQUAL_BITS = Map.of(
            long.class, EnumSet.of(DataType.UINT64),
            int.class, EnumSet.of(DataType.UINT32),
            short.class, EnumSet.of(DataType.UINT16, DataType.FP16, DataType.BF16),
            byte.class, EnumSet.of(DataType.UINT8));

    private static final Map<Class<?>, Class<?>> UNBOXED = Map.of(
            Long.class, long.class,
            Integer.class, int.class,
            Short.class, short.class,
            Byte.class, byte.class,
            Double.class, double.class,
            Float.class, float.class,
            Boolean.class, boolean.class);

    private final Class<?> component;
    private final DataType type;

    private Numbers(Class<?> component, DataType type) {
        this.component = component;
        this.type = type;
    }

    /** Of a primitive type or its box; null where it is neither. */
    static @Nullable Numbers of(Class<?> type) {
        Class<?> component = UNBOXED.getOrDefault(type, type);
        DataType known = TYPES.get(component);
        return known == null ? null : new Numbers(component, known);
    }

    /** The same bits, called another type. */
    Numbers as(DataType declared) {
        Set<DataType> possible = EQUAL_BITS.getOrDefault(component, Set.of());
        if (declared != type && !possible.contains(declared)) {
            throw new IllegalArgumentException("it cannot be " + declared + ": a " + component + " is " + type
                    + (possible.isEmpty() ? "" : ", or " + possible));
        }
        return new Numbers(component, declared);
    }

    @Override
    DataType type() {
        return type;
    }

    @Override
    Class<?> component() {
        return component;
    }

    @Override
    void read(TensorData data, int from, int count, Object array, int at) {
        int most = data.isOnePiece() ? count : WINDOW / type.size();
        for (int done = 0; done < count; done += most) {
            copy(data, from + done, Math.min(most, count - done), array, at + done);
        }
    }

    private void copy(TensorData data, int from, int count, Object array, int at) {
        ByteBuffer bytes = data.bytes(from * type.size(), count * type.size());
        if (array instanceof long[] longs) {
            bytes.asLongBuffer().get(longs, at, count);
        } else if (array instanceof int[] ints) {
            bytes.asIntBuffer().get(ints, at, count);
        } else if (array instanceof short[] shorts) {
            bytes.asShortBuffer().get(shorts, at, count);
        } else if (array instanceof byte[] small) {
            bytes.get(small, at, count);
        } else if (array instanceof double[] doubles) {
            bytes.asDoubleBuffer().get(doubles, at, count);
        } else if (array instanceof float[] floats) {
            bytes.asFloatBuffer().get(floats, at, count);
        } else if (array instanceof boolean[] truths) {
            for (int i = 0; i < count; i++) {
                truths[at + i] = truth(bytes.get());
            }
        } else {
            for (int i = 0; i < count; i++) {
                Array.set(array, at + i, read(data, from + i));
            }
        }
    }

    private static boolean truth(byte value) {
        if (value != 0 && value != 1) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT,
                    "The input has the byte " + (value & 0xFF) + " among its elements of BOOL, which are 0 or 1.");
        }
        return value == 1;
    }

    @Override
    Object read(TensorData data, int element) {
        Object one = Array.newInstance(component, 1);
        read(data, element, 1, one, 0);
        return Array.get(one, 0);
    }

    @Override
    void write(Object array, int from, int count, ByteBuf out) {
        int size = count * type.size();
        out.ensureWritable(size);
        ByteBuffer bytes = out.nioBuffer(out.writerIndex(), size).order(ByteOrder.LITTLE_ENDIAN);
        if (array instanceof long[] longs) {
            bytes.asLongBuffer().put(longs, from, count);
        } else if (array instanceof int[] ints) {
            bytes.asIntBuffer().put(ints, from, count);
        } else if (array instanceof short[] shorts) {
            bytes.asShortBuffer().put(shorts, from, count);
        } else if (array instanceof byte[] small) {
            bytes.put(small, from, count);
        } else if (array instanceof double[] doubles) {
            bytes.asDoubleBuffer().put(doubles, from, count);
        } else if (array instanceof float[] floats) {
            bytes.asFloatBuffer().put(floats, from, count);
        } else {
            boolean[] truths = (boolean[]) array;
            for (int i = 0; i < count; i++) {
                bytes.put((byte) (truths[from + i] ? 1 : 0));
            }
        }
        out.writerIndex(out.writerIndex() + size);
    }

    @Override
    void write(@Nullable Object value, ByteBuf out) {
        if (value == null) {
            throw new IllegalArgumentException("null, and a tensor of " + type + " has no element for that");
        }
        Object one = Array.newInstance(component, 1);
        Array.set(one, 0, value);
        write(one, 0, 1, out);
    }
}
