package dev.sluice.host.sql.result;

import io.netty.buffer.ByteBuf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** <code>[{"id": 1, "name": "a"}, ...]</code>. */
final class JsonRows implements ResultWriter {

    private final List<Column> columns;
    private final ByteBuf out;
    private final JsonGenerator json;

    JsonRows(List<Column> columns, ByteBuf out) {
        this.columns = columns;
        this.out = out;
        this.json = JsonValues.generator(out);
        json.writeStartArray();
    }

    @Override
    public void row(@Nullable Object[] values) {
        json.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            json.writeName(columns.get(i).name());
            JsonValues.write(json, values[i]);
        }
        json.writeEndObject();
    }

    @Override
    public void row(ResultSet result) throws SQLException {
        row(Values.row(result, columns));
    }

    @Override
    public long bytes() {
        return out.readableBytes() + (long) json.streamWriteOutputBuffered();
    }

    @Override
    public void end() {
        json.writeEndArray();
        json.close();
    }

    @Override
    public void close() {
        json.close();
    }
}
