package dev.sluice.host.sql.tensor;

import dev.sluice.common.tensor.DataType;
import dev.sluice.host.sql.file.ParameterType;
import dev.sluice.host.sql.result.Column;

/** Types of SQL as types of tensors. What has none is a text, as in JSON. */
final class TensorTypes {

    private TensorTypes() {}

    static DataType of(ParameterType type) {
        return switch (type.kind()) {
            case BOOLEAN -> DataType.BOOL;
            case INTEGER -> DataType.INT32;
            case BIGINT -> DataType.INT64;
            case DOUBLE -> DataType.FP64;
            case DECIMAL, VARCHAR, DATE, TIMESTAMP -> DataType.BYTES;
        };
    }

    static DataType of(Column column) {
        return switch (column.kind()) {
            case BOOLEAN -> DataType.BOOL;
            case INTEGER -> DataType.INT32;
            case LONG -> DataType.INT64;
            case FLOAT -> DataType.FP32;
            case DOUBLE -> DataType.FP64;
            case DECIMAL, DATE, TIMESTAMP, TIMESTAMP_WITH_ZONE, BYTES, TEXT, NESTED -> DataType.BYTES;
        };
    }
}
