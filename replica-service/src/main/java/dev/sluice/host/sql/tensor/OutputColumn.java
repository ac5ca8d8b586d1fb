package dev.sluice.host.sql.tensor;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.host.sql.result.Column;
import dev.sluice.host.sql.result.Texts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** A column of a result as a tensor. Holds nothing that has to be freed. */
final class OutputColumn {

    private static final int FIRST_BYTES = 64;

    private final Column column;
    private final DataType type;
    private final ByteBuf data = Unpooled.buffer(FIRST_BYTES);

    OutputColumn(Column column) {
        this.column = column;
        this.type = TensorTypes.of(column);
    }

    /** @throws IllegalArgumentException with a clause, where the value has no place here */
    void add(@Nullable Object value) {
        switch (type) {
            case BOOL -> data.writeBoolean((Boolean) required(value));
            case INT32 -> data.writeIntLE((Integer) required(value));
            case INT64 -> data.writeLongLE((Long) required(value));
            case FP32 -> data.writeFloatLE(value == null ? Float.NaN : (Float) value);
            case FP64 -> data.writeDoubleLE(value == null ? Double.NaN : (Double) value);
            default -> string(required(value));
        }
    }

    private Object required(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "the column '" + column.name() + "' has no value (null), for which a tensor of " + type
                            + " has no place: write coalesce(...) in the query's file, or ask with JSON");
        }
        return value;
    }

    private void string(Object value) {
        int at = data.writerIndex();
        data.writeIntLE(0);
        if (value instanceof byte[] bytes) {
            data.writeBytes(bytes);
        } else {
            ByteBufUtil.writeUtf8(data, Texts.of(value));
        }
        data.setIntLE(at, data.writerIndex() - at - Integer.BYTES);
    }

    long bytes() {
        return data.readableBytes();
    }

    Tensor tensor(int rows) {
        return new Tensor(column.name(), type, new long[] {rows}, data);
    }
}
