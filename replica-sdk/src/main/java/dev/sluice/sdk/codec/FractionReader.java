package dev.sluice.sdk.codec;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;

/** {@code double} and its box: the plain ones are read without Jackson. */
final class FractionReader extends JsonReader {

    FractionReader(ObjectReader reader, String type) {
        super(reader, type);
    }

    @Override
    public @Nullable Object read(ByteBuf body, String mediaType) {
        requireJson(mediaType);
        double plain = JsonScan.decimal(body);
        return Double.isNaN(plain) ? parse(body) : (Object) plain;
    }

    @Override
    public void readInto(Object array, int index, ByteBuf body, String mediaType) {
        if (!(array instanceof double[] values)) {
            super.readInto(array, index, body, mediaType);
            return;
        }
        requireJson(mediaType);
        double plain = JsonScan.decimal(body);
        values[index] = Double.isNaN(plain) ? (Double) Objects.requireNonNull(parse(body)) : plain;
    }
}
