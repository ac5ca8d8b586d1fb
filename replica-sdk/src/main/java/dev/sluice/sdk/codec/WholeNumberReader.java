package dev.sluice.sdk.codec;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;

/** {@code long}, {@code int} and {@code short}, and their boxes: the plain ones are read without Jackson. */
final class WholeNumberReader extends JsonReader {

    private final Kind kind;

    enum Kind {
        LONG(-Long.MAX_VALUE, Long.MAX_VALUE),
        INT(Integer.MIN_VALUE, Integer.MAX_VALUE),
        SHORT(Short.MIN_VALUE, Short.MAX_VALUE);

        private final long min;
        private final long max;

        Kind(long min, long max) {
            this.min = min;
            this.max = max;
        }

        Number box(long value) {
            return switch (this) {
                case LONG -> (Number) value;
                case INT -> (Number) (int) value;
                case SHORT -> (Number) (short) value;
            };
        }
    }

    WholeNumberReader(ObjectReader reader, String type, Kind kind) {
        super(reader, type);
        this.kind = kind;
    }

    @Override
    public @Nullable Object read(ByteBuf body, String mediaType) {
        requireJson(mediaType);
        long plain = plain(body);
        return plain == JsonScan.NOT_PLAIN ? parse(body) : kind.box(plain);
    }

    @Override
    public void readInto(Object array, int index, ByteBuf body, String mediaType) {
        if (array instanceof Object[]) {
            super.readInto(array, index, body, mediaType);
            return;
        }
        requireJson(mediaType);
        long value = plain(body);
        if (value == JsonScan.NOT_PLAIN) {
            value = ((Number) Objects.requireNonNull(parse(body))).longValue();
        }
        switch (kind) {
            case LONG -> ((long[]) array)[index] = value;
            case INT -> ((int[]) array)[index] = (int) value;
            case SHORT -> ((short[]) array)[index] = (short) value;
        }
    }

    private long plain(ByteBuf body) {
        long value = JsonScan.integer(body);
        return value >= kind.min && value <= kind.max ? value : JsonScan.NOT_PLAIN;
    }
}
