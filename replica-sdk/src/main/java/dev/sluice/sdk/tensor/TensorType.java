package dev.sluice.sdk.tensor;

import dev.sluice.common.tensor.DataType;
import dev.sluice.sdk.codec.GenericTypes;
import dev.sluice.sdk.codec.InputReader;
import dev.sluice.sdk.codec.ResultWriter;
import io.netty.buffer.ByteBuf;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Java type as a tensor: numbers and arrays of them, and texts and arrays of those, of any number of dimensions; everything else is a
 * single string. Safe for use by several threads.
 */
public final class TensorType {

    private final Elements elements;
    private final int rank;

    private TensorType(Elements elements, int rank) {
        this.elements = elements;
        this.rank = rank;
    }

    /**
     * @param declared the elements' type; null: the usual one
     * @param reader of values of the whole type
     */
    static TensorType input(
            Type type, @Nullable DataType declared, InputReader reader, Function<Type, InputReader> readers) {
        return of(
                type,
                declared,
                leaf -> Strings.input(GenericTypes.raw(leaf), leaf == type ? reader : readers.apply(leaf)));
    }

    /**
     * @param declared the elements' type; null: the usual one
     * @param writer of values of the whole type; null where there is nothing to write
     */
    static TensorType output(
            Type type,
            @Nullable DataType declared,
            @Nullable ResultWriter writer,
            Function<Type, ResultWriter> writers) {
        return of(
                type,
                declared,
                leaf -> Strings.output(GenericTypes.raw(leaf), leaf == type ? writer : writers.apply(leaf)));
    }

    private static TensorType of(Type type, @Nullable DataType declared, Function<Type, Elements> strings) {
        boolean smallNumbers = declared == DataType.INT8 || declared == DataType.UINT8;
        Type leaf = type;
        int rank = 0;
        Type component = GenericTypes.component(leaf);
        while (component != null && (smallNumbers || leaf != byte[].class)) {
            leaf = component;
            rank++;
            component = GenericTypes.component(leaf);
        }
        Class<?> raw = GenericTypes.raw(leaf);
        Numbers numbers = Numbers.of(raw);
        if (numbers != null && (rank == 0 || raw.isPrimitive())) {
            return new TensorType(declared == null ? numbers : numbers.as(declared), rank);
        }
        if (declared != null && declared != DataType.BYTES) {
            throw new IllegalArgumentException(
                    "it cannot be " + declared + ": a " + GenericTypes.name(type) + " is BYTES");
        }
        boolean texts = raw == String.class || raw == byte[].class;
        return texts ? new TensorType(strings.apply(leaf), rank) : new TensorType(strings.apply(type), 0);
    }

    Elements elements() {
        return elements;
    }

    /** Whether a value is a single number: many of them are copied at once. */
    public boolean isNumber() {
        return rank == 0 && elements instanceof Numbers;
    }

    /** How many dimensions a value has. */
    int rank() {
        return rank;
    }

    /**
     * @param shape of the value
     * @param from its first element
     */
    @Nullable Object read(TensorData data, int[] shape, int from) {
        return rank == 0 ? elements.read(data, from) : array(data, shape, 0, from);
    }

    private Object array(TensorData data, int[] shape, int dimension, int from) {
        if (dimension == rank - 1) {
            Object array = Array.newInstance(elements.component(), shape[dimension]);
            elements.read(data, from, shape[dimension], array, 0);
            return array;
        }
        int each = 1;
        for (int i = dimension + 1; i < rank; i++) {
            each *= shape[i];
        }
        Object[] array = (Object[]) Array.newInstance(nested(rank - dimension - 1), shape[dimension]);
        for (int i = 0; i < array.length; i++) {
            array[i] = array(data, shape, dimension + 1, from + i * each);
        }
        return array;
    }

    private Class<?> nested(int dimensions) {
        Class<?> type = elements.component();
        for (int i = 0; i < dimensions; i++) {
            type = type.arrayType();
        }
        return type;
    }

    /** Of a value: sizes of its dimensions, as far as its first rows go. */
    int[] shape(@Nullable Object value) {
        int[] shape = new int[rank];
        Object at = value;
        for (int i = 0; i < rank; i++) {
            if (at == null) {
                throw new IllegalArgumentException("null in the place of an array");
            }
            shape[i] = Array.getLength(at);
            at = shape[i] == 0 || i == rank - 1 ? null : Array.get(at, 0);
            if (at == null && i < rank - 1 && shape[i] == 0) {
                break;
            }
        }
        return shape;
    }

    /**
     * Appends a value.
     *
     * @param shape that it has to have
     * @throws IllegalArgumentException where it has another, or is null; the message says so
     */
    void write(@Nullable Object value, int[] shape, ByteBuf out) {
        if (rank == 0) {
            elements.write(value, out);
        } else {
            write(value, shape, 0, out);
        }
    }

    private void write(@Nullable Object value, int[] shape, int dimension, ByteBuf out) {
        if (value == null) {
            throw new IllegalArgumentException("null in the place of an array");
        }
        int length = Array.getLength(value);
        if (length != shape[dimension]) {
            throw new IllegalArgumentException("arrays of different lengths, " + shape[dimension] + " and " + length
                    + ", and a tensor has one size for each dimension");
        }
        if (dimension == rank - 1) {
            elements.write(value, 0, length, out);
            return;
        }
        for (Object part : (Object[]) value) {
            write(part, shape, dimension + 1, out);
        }
    }
}
