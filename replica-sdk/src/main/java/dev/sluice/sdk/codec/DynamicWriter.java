package dev.sluice.sdk.codec;

import dev.sluice.sdk.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import tools.jackson.databind.ObjectWriter;

/** {@code Object}: whatever the value is, bytes and content included. */
final class DynamicWriter extends JsonWriter {

    DynamicWriter(ObjectWriter writer, ByteBufAllocator allocator) {
        super(writer, allocator);
    }

    @Override
    public ByteBuf write(Object value) {
        if (value instanceof Content) {
            return BytesWriter.CONTENT.write(value);
        }
        return value instanceof byte[] ? BytesWriter.BYTES.write(value) : json(value);
    }

    @Override
    public String mediaType(Object value) {
        if (value instanceof Content) {
            return BytesWriter.CONTENT.mediaType(value);
        }
        return value instanceof byte[] ? BytesWriter.BYTES.mediaType(value) : super.mediaType(value);
    }
}
