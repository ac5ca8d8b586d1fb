package dev.sluice.common.tensor;

import java.util.Arrays;

/** What can be said of shapes without the data. */
public final class Shapes {

    /** The most dimensions that anything on the wire may have. */
    public static final int MOST_DIMENSIONS = 16;

    private Shapes() {}

    /** Elements of a tensor of this shape; more than an int can count is {@link Long#MAX_VALUE}, a negative dimension counts as none. */
    public static long elements(long[] shape) {
        return elements(shape, 0, shape.length);
    }

    /** As {@link #elements(long[])}, of the dimensions from one to before another. */
    public static long elements(long[] shape, int from, int to) {
        long elements = 1;
        boolean large = false;
        for (int i = from; i < to; i++) {
            if (shape[i] <= 0) {
                return 0;
            }
            large |= shape[i] > Integer.MAX_VALUE;
            elements = large ? Integer.MAX_VALUE : elements * shape[i];
            large |= elements > Integer.MAX_VALUE;
        }
        return large ? Long.MAX_VALUE : elements;
    }

    /** As people write it: {@code [-1,2048]}. */
    public static String text(long[] shape) {
        return Arrays.toString(shape).replace(" ", "");
    }

    /** Whether a tensor of this shape is what is declared, in which -1 stands for any size. */
    public static boolean fits(long[] shape, long[] declared) {
        if (shape.length != declared.length) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            if (declared[i] >= 0 && shape[i] != declared[i]) {
                return false;
            }
        }
        return true;
    }
}
