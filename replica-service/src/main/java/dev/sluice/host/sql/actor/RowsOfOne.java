package dev.sluice.host.sql.actor;

import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.host.sql.file.Format;
import dev.sluice.host.sql.file.SqlFile.Limits;
import dev.sluice.host.sql.result.Column;
import dev.sluice.host.sql.result.ResultWriter;
import dev.sluice.host.sql.result.Values;
import dev.sluice.host.sql.tensor.TensorQuery;
import dev.sluice.host.sql.tensor.TensorResult;
import io.netty.buffer.ByteBuf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of one query, written as its rows come, no further than the limits of its file. */
final class RowsOfOne implements AutoCloseable {

    private final SqlContext context;
    private final Format format;
    private final @Nullable TensorQuery tensors;
    private @Nullable ByteBuf body;
    private String mediaType;
    private @Nullable Failure failure;

    /** @param tensors the query, where it is answered so; null: it is answered in the format */
    RowsOfOne(SqlContext context, Format format, @Nullable TensorQuery tensors) {
        this.context = context;
        this.format = format;
        this.tensors = tensors;
        this.mediaType = ResultWriter.mediaType(format);
    }

    void read(ResultSet result) throws SQLException {
        close();
        failure = null;
        if (tensors != null) {
            readTensors(result, tensors);
            return;
        }
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
                    writer.row(result);
                    failure = writer.bytes() > limits.bytes() ? Overlong.bytes(context.file()) : null;
                }
            }
            writer.end();
        }
        if (failure == null && out.readableBytes() > limits.bytes()) {
            failure = Overlong.bytes(context.file());
        }
    }

    private void readTensors(ResultSet result, TensorQuery query) throws SQLException {
        List<Column> columns = Column.of(result.getMetaData());
        TensorResult gathered = query.result(columns);
        Limits limits = context.file().limits();
        int rows = 0;
        try (result) {
            while (failure == null && result.next()) {
                rows++;
                if (rows > limits.rows()) {
                    failure = Overlong.rows(context.file());
                } else {
                    gathered.row(Values.row(result, columns));
                    failure = gathered.bytes() > limits.bytes() ? Overlong.bytes(context.file()) : null;
                }
            }
        }
        if (failure == null) {
            write(query, gathered);
        }
    }

    private void write(TensorQuery query, TensorResult gathered) {
        try {
            InferResult answer = query.answer(gathered);
            body = answer.body();
            mediaType = answer.mediaType();
        } catch (QueryException refused) {
            failure = refused.failure();
        }
    }

    /** Ends the query with what was read. */
    void end(SqlRun run, int index) {
        ByteBuf written = body;
        if (failure != null || written == null) {
            run.fail(index, failure == null ? Overlong.bytes(context.file()) : failure);
        } else {
            body = null;
            run.result(index, written, mediaType);
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
