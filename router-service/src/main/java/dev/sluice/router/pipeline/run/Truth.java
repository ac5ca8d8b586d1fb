package dev.sluice.router.pipeline.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What counts as true, as JSONata's {@code $boolean} has it. */
final class Truth {

    private Truth() {}

    static boolean of(@Nullable Object value) {
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof CharSequence text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(Truth::of);
        }
        return value instanceof Map<?, ?> map && !map.isEmpty();
    }
}
