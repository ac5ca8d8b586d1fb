package dev.sluice.benchmarks.protocols.rows;

import java.io.IOException;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Looks whether all rows came, in order: at the ends of every batch, since looking at each would be most of the work. */
final class RowCheck {

    private long next;

    void take(VectorSchemaRoot batch) throws IOException {
        int size = batch.getRowCount();
        if (size == 0) {
            return;
        }
        BigIntVector id = (BigIntVector) batch.getVector("id");
        if (id.get(0) != next || id.get(size - 1) != next + size - 1) {
            throw new IOException("rows " + next + " to " + (next + size - 1) + " were expected, and " + id.get(0)
                    + " to " + id.get(size - 1) + " came");
        }
        next += size;
    }

    void end() throws IOException {
        if (next != ManyRows.COUNT) {
            throw new IOException(next + " rows came, of " + ManyRows.COUNT);
        }
    }
}
