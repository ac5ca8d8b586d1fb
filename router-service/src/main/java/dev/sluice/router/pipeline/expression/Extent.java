package dev.sluice.router.pipeline.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through a value as one that writes it would: a part that is in it twice counts twice, and may be so at each of many levels. */
final class Extent {

    private static final int BETWEEN_LOOKS = 1024;

    private final Bounds bounds;
    private long items;
    private long characters;

    Extent(Bounds bounds) {
        this.bounds = bounds;
    }

    void count(@Nullable Object value) {
        if (++items % BETWEEN_LOOKS == 0) {
            bounds.inTime();
            bounds.items(items);
        }
        if (value instanceof CharSequence text) {
            characters += text.length();
            bounds.characters(characters);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, one) -> {
                characters += String.valueOf(key).length();
                count(one);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(this::count);
        }
    }
}
