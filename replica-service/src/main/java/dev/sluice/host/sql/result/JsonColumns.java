package dev.sluice.host.sql.result;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** <code>{"id": [1, 2], "name": ["a", "b"]}</code>: each column is written beside the others until the end. */
final class JsonColumns implements ResultWriter {

    private final List<ByteBuf> buffers = new ArrayList<>();
    private final List<JsonGenerator> generators = new ArrayList<>();
    private final List<Column> columns;
    private final ByteBuf out;

    JsonColumns(List<Column> columns, ByteBuf out) {
        this.columns = columns;
        this.out = out;
        for (int i = 0; i < columns.size(); i++) {
            ByteBuf buffer = out.alloc().buffer();
            buffers.add(buffer);
            JsonGenerator json = JsonValues.generator(buffer);
            json.writeStartArray();
            generators.add(json);
        }
    }

    @Override
    public void row(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            JsonValues.write(generators.get(i), values[i]);
        }
    }

    @Override
    public void row(ResultSet result) throws SQLException {
        row(Values.row(result, columns));
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < buffers.size(); i++) {
            bytes += buffers.get(i).readableBytes() + (long) generators.get(i).streamWriteOutputBuffered();
        }
        return bytes;
    }

    @Override
    public void end() {
        out.writeByte('{');
        for (int i = 0; i < buffers.size(); i++) {
            generators.get(i).writeEndArray();
            generators.get(i).close();
            out.writeCharSequence(
                    (i == 0 ? "" : ",") + JsonValues.text(columns.get(i).name()) + ":", StandardCharsets.UTF_8);
            out.writeBytes(buffers.get(i));
        }
        out.writeByte('}');
    }

    @Override
    public void close() {
        generators.forEach(JsonGenerator::close);
        buffers.forEach(ByteBuf::release);
    }
}
