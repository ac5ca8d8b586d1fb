package dev.sluice.sdk.codec;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import tools.jackson.databind.ObjectReader;

/** {@code float} and {@code boolean}, which need no more than a place in a primitive array. */
final class SmallPrimitiveReader extends JsonReader {

    SmallPrimitiveReader(ObjectReader reader, String type) {
        super(reader, type);
    }

    @Override
    public void readInto(Object array, int index, ByteBuf body, String mediaType) {
        if (array instanceof float[] floats) {
            floats[index] = (Float) Objects.requireNonNull(read(body, mediaType));
        } else if (array instanceof boolean[] booleans) {
            booleans[index] = (Boolean) Objects.requireNonNull(read(body, mediaType));
        } else {
            super.readInto(array, index, body, mediaType);
        }
    }
}
