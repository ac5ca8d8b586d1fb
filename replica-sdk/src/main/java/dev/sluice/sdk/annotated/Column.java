package dev.sluice.sdk.annotated;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The container in which a batched method takes its inputs: an array of some type, or a list. */
record Column(Class<?> component, boolean list) {

    /** An array to read inputs into. */
    Object array(int size) {
        return Array.newInstance(component, size);
    }

    /** The argument for the first {@code size} inputs of such an array. The method may change it. */
    Object argument(Object array, int size) {
        Object exact = array;
        if (size < Array.getLength(array)) {
            exact = array(size);
            System.arraycopy(array, 0, exact, 0, size);
        }
        return list ? new ArrayList<>(Arrays.asList((@Nullable Object[]) exact)) : exact;
    }
}
