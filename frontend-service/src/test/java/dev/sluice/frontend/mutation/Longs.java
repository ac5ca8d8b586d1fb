package dev.sluice.frontend.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** 64-bit numbers as they lie in tensors, little-endian. */
public final class Longs {

    private Longs() {}

    public static byte[] bytes(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return bytes.array();
    }

    public static List<Long> of(byte[] bytes) {
        if (bytes.length % Long.BYTES != 0) {
            throw new AssertionError(bytes.length + " bytes are no 64-bit numbers");
        }
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Long> all = new ArrayList<>();
        while (numbers.hasRemaining()) {
            all.add(numbers.getLong());
        }
        return all;
    }

    public static List<Long> plusOne(List<Long> numbers) {
        return numbers.stream().map(number -> number + 1).toList();
    }
}
