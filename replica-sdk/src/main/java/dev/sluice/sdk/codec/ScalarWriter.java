package dev.sluice.sdk.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Numbers and booleans, boxed or in primitive arrays, into JSON. */
final class ScalarWriter extends ResultWriter {

    /** Digits of {@link Long#MIN_VALUE} and its sign. */
    private static final int LONGEST = 20;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final ByteBufAllocator allocator;

    private ScalarWriter(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** A writer for the scalar type, or null where the type is none. */
    static @Nullable ScalarWriter of(Class<?> type, ByteBufAllocator allocator) {
        boolean scalar = type == Long.class
                || type == Integer.class
                || type == Short.class
                || type == Byte.class
                || type == Double.class
                || type == Float.class
                || type == Boolean.class
                || type.isPrimitive() && type != char.class && type != void.class;
        return scalar ? new ScalarWriter(allocator) : null;
    }

    @Override
    public ByteBuf write(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return fraction(value.toString(), Double.isFinite(number));
        }
        return value instanceof Boolean truth ? truth(truth) : whole(((Number) value).longValue());
    }

    @Override
    public ByteBuf writeElement(Object array, int index) {
        if (array instanceof long[] longs) {
            return whole(longs[index]);
        }
        if (array instanceof int[] ints) {
            return whole(ints[index]);
        }
        if (array instanceof double[] doubles) {
            return fraction(Double.toString(doubles[index]), Double.isFinite(doubles[index]));
        }
        if (array instanceof float[] floats) {
            return fraction(Float.toString(floats[index]), Float.isFinite(floats[index]));
        }
        return array instanceof boolean[] booleans ? truth(booleans[index]) : whole(((short[]) array)[index]);
    }

    private ByteBuf whole(long value) {
        ByteBuf body = allocator.buffer(LONGEST);
        if (value == Long.MIN_VALUE) {
            body.writeCharSequence(Long.toString(value), StandardCharsets.US_ASCII);
            return body;
        }
        long rest = Math.abs(value);
        int at = LONGEST;
        do {
            body.setByte(--at, '0' + (int) (rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            body.setByte(--at, '-');
        }
        return body.setIndex(at, LONGEST);
    }

    /** What JSON has no number for is written as a string, and read back from one. */
    private ByteBuf fraction(String digits, boolean finite) {
        ByteBuf body = allocator.buffer(digits.length() + 2);
        body.writeCharSequence(finite ? digits : '"' + digits + '"', StandardCharsets.US_ASCII);
        return body;
    }

    private ByteBuf truth(boolean value) {
        byte[] literal = value ? TRUE : FALSE;
        return allocator.buffer(literal.length).writeBytes(literal);
    }
}
