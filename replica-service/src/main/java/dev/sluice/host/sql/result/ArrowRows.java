package dev.sluice.host.sql.result;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** An Arrow IPC stream: the schema, then a record batch for every few thousand rows, or fewer where they are large. */
final class ArrowRows implements ResultWriter {

    private static final int BATCH_ROWS = 4096;
    private static final int BATCH_BYTES = 256 * 1024;

    /** For one row of very large values beside a batch; more of them is a failure of its query, and not of the process. */
    private static final long MOST_BYTES = 256L * 1024 * 1024;

    /** Of all replicas: what one uses is counted in a child of it. */
    private static final BufferAllocator MEMORY = new RootAllocator();

    private final ByteBuf out;
    private final BufferAllocator allocator;
    private final VectorSchemaRoot root;
    private final ArrowStreamWriter writer;
    private final List<ArrowCell> cells;
    private int rows;
    private long pending;

    ArrowRows(List<Column> columns, ByteBuf out) {
        this.out = out;
        this.allocator = MEMORY.newChildAllocator("sql", 0, MOST_BYTES);
        this.root = VectorSchemaRoot.create(
                new Schema(columns.stream().map(ArrowColumn::field).toList()), allocator);
        this.cells = ArrowCell.of(columns, root.getFieldVectors());
        this.writer = new ArrowStreamWriter(root, null, new ByteBufOutputStream(out));
        try {
            writer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void row(@Nullable Object[] values) {
        List<FieldVector> vectors = root.getFieldVectors();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                vectors.get(i).setNull(rows);
            } else {
                pending += ArrowColumn.set(vectors.get(i), rows, value);
            }
        }
        next();
    }

    @Override
    public void row(ResultSet result) throws SQLException {
        for (int i = 0; i < cells.size(); i++) {
            pending += cells.get(i).move(result, rows);
        }
        next();
    }

    private void next() {
        rows++;
        if (rows == BATCH_ROWS || pending >= BATCH_BYTES) {
            batch();
        }
    }

    private void batch() {
        root.setRowCount(rows);
        try {
            writer.writeBatch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        root.clear();
        rows = 0;
        pending = 0;
    }

    @Override
    public long bytes() {
        return out.readableBytes() + pending;
    }

    @Override
    public void end() {
        if (rows > 0) {
            batch();
        }
        try {
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        writer.close();
        root.close();
        allocator.close();
    }
}
