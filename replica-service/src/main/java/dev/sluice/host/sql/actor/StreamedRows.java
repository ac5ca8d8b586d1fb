package dev.sluice.host.sql.actor;

import dev.sluice.host.sql.file.Format;
import dev.sluice.host.sql.result.Column;
import dev.sluice.host.sql.result.ResultWriter;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The result of one query in pieces of one body, made as its caller takes them: what is in memory of it is one piece, and what the
 * database reads ahead.
 */
final class StreamedRows {

    /** So small that many of them, which wait on the way to a slow caller, are not much. */
    static final int PIECE_BYTES = 64 * 1024;

    private final SqlContext context;
    private final Format format;
    private final BatchSink sink;
    private final int index;
    private final BooleanSupplier stopped;
    private final Demand demand = new Demand();
    private boolean begun;

    /** @param stopped whether the run that this is part of is to end */
    StreamedRows(SqlContext context, Format format, BatchSink sink, int index, BooleanSupplier stopped) {
        this.context = context;
        this.format = format;
        this.sink = sink;
        this.index = index;
        this.stopped = stopped;
    }

    /** The pace of the caller. */
    Demand demand() {
        return demand;
    }

    /** Whether anything was passed on: from then on the query cannot be run again. */
    boolean begun() {
        return begun;
    }

    void read(ResultSet result) throws SQLException {
        ByteBuf out = context.allocator().buffer();
        try (result) {
            write(result, Column.of(result.getMetaData()), out);
        } finally {
            out.release();
        }
    }

    private void write(ResultSet result, List<Column> columns, ByteBuf out) throws SQLException {
        try (ResultWriter writer = ResultWriter.of(format, columns, out)) {
            while (result.next()) {
                writer.row(result);
                pass(out, PIECE_BYTES);
            }
            writer.end();
            pass(out, 1);
        }
    }

    private void pass(ByteBuf out, int least) throws SQLException {
        while (out.readableBytes() >= least) {
            if (!demand.take(stopped)) {
                throw new SQLException("given up");
            }
            int size = Math.min(PIECE_BYTES, out.readableBytes());
            begun = true;
            sink.item(index, context.allocator().buffer(size).writeBytes(out, size), ResultWriter.mediaType(format));
        }
        out.discardSomeReadBytes();
    }
}
