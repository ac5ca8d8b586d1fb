package dev.sluice.host.sql.result;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** Reads rows as the Java values that {@link Column.Kind} names. */
public final class Values {

    private Values() {}

    /** The current row. */
    public static @Nullable Object[] row(ResultSet result, List<Column> columns) throws SQLException {
        return row(result, columns, columns.size());
    }

    /** The current row without one of its values, which {@code columns} does not name either. */
    public static @Nullable Object[] row(ResultSet result, List<Column> columns, int without) throws SQLException {
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = value(result, i < without ? i + 1 : i + 2, columns.get(i));
        }
        return row;
    }

    static @Nullable Object value(ResultSet result, int index, Column column) throws SQLException {
        Object value = switch (column.kind()) {
            case TIMESTAMP -> result.getObject(index, LocalDateTime.class);
            case TIMESTAMP_WITH_ZONE -> result.getObject(index, OffsetDateTime.class);
            default -> result.getObject(index);
        };
        if (value == null) {
            return null;
        }
        return switch (column.kind()) {
            case INTEGER -> ((Number) value).intValue();
            case LONG -> ((Number) value).longValue();
            case FLOAT -> ((Number) value).floatValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case DECIMAL -> decimal(value, column);
            case DATE -> value instanceof LocalDate date ? date : ((Date) value).toLocalDate();
            case BYTES -> bytes(value);
            case NESTED -> nested(value);
            case TEXT -> value instanceof String text ? text : value.toString();
            case BOOLEAN, TIMESTAMP, TIMESTAMP_WITH_ZONE -> value;
        };
    }

    private static Object decimal(Object value, Column column) {
        if (value instanceof Double none) {
            return none;
        }
        BigDecimal number = value instanceof BigInteger whole ? new BigDecimal(whole) : (BigDecimal) value;
        return column.precision() == 0 ? number : number.setScale(column.scale());
    }

    private static byte[] bytes(Object value) throws SQLException {
        if (value instanceof Blob blob) {
            return blob.getBytes(1, (int) blob.length());
        }
        return (byte[]) value;
    }

    private static @Nullable Object nested(@Nullable Object value) throws SQLException {
        if (value instanceof Array array) {
            return nested(array.getArray());
        }
        if (value instanceof Object[] || value instanceof List<?>) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object one : value instanceof List<?> all ? all : Arrays.asList((Object[]) value)) {
                list.add(nested(one));
            }
            return list;
        }
        if (value instanceof DuckDBStruct struct) {
            return nested(struct.getMap());
        }
        if (value instanceof Struct struct) {
            return nested(struct.getAttributes());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                entries.put(String.valueOf(entry.getKey()), nested(entry.getValue()));
            }
            return entries;
        }
        if (value instanceof Blob blob) {
            return bytes(blob);
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime();
        }
        return value;
    }
}
