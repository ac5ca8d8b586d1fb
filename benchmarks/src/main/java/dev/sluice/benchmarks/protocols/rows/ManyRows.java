package dev.sluice.benchmarks.protocols.rows;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows, in memory: {@code id} int64, {@code x} and {@code y} float64, {@code kind} int32, so 28 bytes each. What {@link #SQL} makes
 * is the same.
 */
final class ManyRows implements AutoCloseable {

    static final int COUNT = 1_000_000;
    static final int ROW_BYTES = 28;

    /** Batches of half a megabyte. */
    static final int BATCH = 16_384;

    static final String SQL = "select range as id, range * 0.5::double as x, range * 0.25::double as y,"
            + " (range % 7)::integer as kind from range(" + COUNT + ")";

    private static final int KINDS = 7;

    static final Schema SCHEMA = new Schema(List.of(
            Field.nullable("id", new ArrowType.Int(Long.SIZE, true)),
            Field.nullable("x", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
            Field.nullable("y", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
            Field.nullable("kind", new ArrowType.Int(Integer.SIZE, true))));

    private final List<VectorSchemaRoot> batches = new ArrayList<>();

    ManyRows(BufferAllocator allocator) {
        for (int from = 0; from < COUNT; from += BATCH) {
            batches.add(batch(allocator, from, Math.min(BATCH, COUNT - from)));
        }
    }

    private static VectorSchemaRoot batch(BufferAllocator allocator, int from, int size) {
        VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
        BigIntVector id = (BigIntVector) root.getVector("id");
        Float8Vector x = (Float8Vector) root.getVector("x");
        Float8Vector y = (Float8Vector) root.getVector("y");
        IntVector kind = (IntVector) root.getVector("kind");
        root.getFieldVectors().forEach(vector -> {
            vector.setInitialCapacity(size);
            vector.allocateNew();
        });
        for (int i = 0; i < size; i++) {
            long row = (long) from + i;
            id.set(i, row);
            x.set(i, row * 0.5);
            y.set(i, row * 0.25);
            kind.set(i, (int) (row % KINDS));
        }
        root.setRowCount(size);
        return root;
    }

    List<VectorSchemaRoot> batches() {
        return batches;
    }

    @Override
    public void close() {
        batches.forEach(VectorSchemaRoot::close);
    }
}
