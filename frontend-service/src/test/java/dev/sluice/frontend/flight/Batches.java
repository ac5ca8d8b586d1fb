package dev.sluice.frontend.flight;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Record batches, as callers make them; each is the caller's to close. */
final class Batches {

    private Batches() {}

    static VectorSchemaRoot longs(BufferAllocator memory, String name, long... values) {
        BigIntVector column = new BigIntVector(name, memory);
        column.allocateNew(values.length);
        for (int i = 0; i < values.length; i++) {
            column.set(i, values[i]);
        }
        return root(column, values.length);
    }

    static VectorSchemaRoot texts(BufferAllocator memory, String name, String... values) {
        VarCharVector column = new VarCharVector(name, memory);
        column.allocateNew();
        for (int i = 0; i < values.length; i++) {
            column.setSafe(i, values[i].getBytes(StandardCharsets.UTF_8));
        }
        return root(column, values.length);
    }

    /** A column of lists of so many numbers each. */
    static VectorSchemaRoot lists(BufferAllocator memory, String name, int size, float... values) {
        FixedSizeListVector column = FixedSizeListVector.empty(name, size, memory);
        Float4Vector items = (Float4Vector) column.addOrGetVector(FieldType.notNullable(
                        new ArrowType.FloatingPoint(org.apache.arrow.vector.types.FloatingPointPrecision.SINGLE)))
                .getVector();
        items.allocateNew(values.length);
        IntStream.range(0, values.length).forEach(i -> items.set(i, values[i]));
        items.setValueCount(values.length);
        IntStream.range(0, values.length / size).forEach(column::setNotNull);
        return root(column, values.length / size);
    }

    static VectorSchemaRoot root(FieldVector column, int rows) {
        column.setValueCount(rows);
        VectorSchemaRoot root = VectorSchemaRoot.of(column);
        root.setRowCount(rows);
        return root;
    }

    /** The values of the first column, as they are printed. */
    static List<String> values(VectorSchemaRoot root) {
        return values(root, String::valueOf);
    }

    private static List<String> values(VectorSchemaRoot root, Function<Object, String> text) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < root.getRowCount(); i++) {
            values.add(text.apply(root.getVector(0).getObject(i)));
        }
        return values;
    }
}
