package dev.sluice.host.sql.result;

import java.math.BigDecimal;
import java.util.Map;

/** Values of rows as texts, where there is no type for them: as JSON has them, without its quotes. */
public final class Texts {

    private Texts() {}

    public static String of(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        boolean nested = value instanceof Iterable<?> || value instanceof Map<?, ?>;
        return nested ? JsonValues.text(value) : value.toString();
    }
}
