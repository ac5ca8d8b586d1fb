package dev.sluice.sdk.codec;

import dev.sluice.sdk.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** {@code byte[]} and {@code Content}: passed on as they are, without a copy. */
abstract sealed class BytesWriter extends ResultWriter {

    static final BytesWriter BYTES = new OfBytes();
    static final BytesWriter CONTENT = new OfContent();

    private static final class OfBytes extends BytesWriter {

        @Override
        public ByteBuf write(Object value) {
            return Unpooled.wrappedBuffer((byte[]) value);
        }

        @Override
        public String mediaType(Object value) {
            return MediaTypes.BYTES;
        }
    }

    private static final class OfContent extends BytesWriter {

        @Override
        public ByteBuf write(Object value) {
            return Unpooled.wrappedBuffer(((Content) value).bytes());
        }

        @Override
        public String mediaType(Object value) {
            return ((Content) value).mediaType();
        }
    }
}
