package dev.sluice.host.sql.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How large a row is, before it is written. */
public final class RowBytes {

    /** Of a value as an object, and its place in the row. */
    private static final long OBJECT = 32;

    private RowBytes() {}

    /** The texts and bytes in it, which no format writes in less. */
    public static long least(@Nullable Object[] row) {
        long bytes = 0;
        for (Object value : row) {
            bytes += least(value);
        }
        return bytes;
    }

    /** About what it takes in memory. */
    public static long held(@Nullable Object[] row) {
        return least(row) + OBJECT * (row.length + 1);
    }

    static long least(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof byte[] bytes) {
            return bytes.length;
        }
        long all = 0;
        if (value instanceof Iterable<?> list) {
            for (Object one : list) {
                all += 1 + least(one);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                all += 1 + least(entry.getKey()) + least(entry.getValue());
            }
        }
        return all;
    }
}
