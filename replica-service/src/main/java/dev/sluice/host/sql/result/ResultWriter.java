package dev.sluice.host.sql.result;

import dev.sluice.host.sql.file.Format;
import io.netty.buffer.ByteBuf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the result of one query, row by row. Not thread-safe. */
public interface ResultWriter extends AutoCloseable {

    /** A writer of results with such columns. */
    static ResultWriter of(Format format, List<Column> columns, ByteBuf out) {
        return switch (format) {
            case ROWS -> new JsonRows(columns, out);
            case COLUMNS -> new JsonColumns(columns, out);
            case ARROW -> new ArrowRows(columns, out);
        };
    }

    static String mediaType(Format format) {
        return format == Format.ARROW ? "application/vnd.apache.arrow.stream" : "application/json";
    }

    /** A row of values as {@link Column.Kind} names them. */
    void row(@Nullable Object[] values);

    /** The current row of a result with the writer's columns. */
    void row(ResultSet result) throws SQLException;

    /** At least so many bytes it will have. */
    long bytes();

    /** All rows were written. */
    void end();

    @Override
    void close();
}
