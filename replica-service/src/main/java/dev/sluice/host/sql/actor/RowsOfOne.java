package dev.sluice.host.sql.actor;

import dev.sluice.common.error.Failure;
import dev.sluice.host.sql.file.Format;
import dev.sluice.host.sql.file.SqlFile.Limits;
import dev.sluice.host.sql.result.Column;
import dev.sluice.host.sql.result.ResultWriter;
import dev.sluice.host.sql.result.Values;
import io.netty.buffer.ByteBuf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of one query, written as its rows come, no further than the limits of its file. */
final class RowsOfOne implements AutoCloseable {

    private final SqlContext context;
    private final Format format;
    private @Nullable ByteBuf body;
    private @Nullable Failure failure;

    RowsOfOne(SqlContext context, Format format) {
        this.context = context;
        this.format = format;
    }

    void read(ResultSet result) throws SQLException {
        close();
        failure = null;
        ByteBuf out = context.allocator().buffer();
        body = out;
        List<Column> columns = Column.of(result.getMetaData());
        Limits limits = context.file().limits();
        int rows = 0;
        try (result;
                ResultWriter writer = ResultWriter.of(format, columns, out)) {
            while (failure == null && result.next()) {
                rows++;
                if (rows > limits.rows()) {
                    failure = Overlong.rows(context.file());
                } else {
                    writer.row(Values.row(result, columns));
                    failure = writer.bytes() > limits.bytes() ? Overlong.bytes(context.file()) : null;
                }
            }
            writer.end();
        }
        if (failure == null && out.readableBytes() > limits.bytes()) {
            failure = Overlong.bytes(context.file());
        }
    }

    /** Ends the query with what was read. */
    void end(SqlRun run, int index) {
        ByteBuf written = body;
        if (failure != null || written == null) {
            run.fail(index, failure == null ? Overlong.bytes(context.file()) : failure);
        } else {
            body = null;
            run.result(index, written, ResultWriter.mediaType(format));
        }
    }

    @Override
    public void close() {
        if (body != null) {
            body.release();
            body = null;
        }
    }
}
