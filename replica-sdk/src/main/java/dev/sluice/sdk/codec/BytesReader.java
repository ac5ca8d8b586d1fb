package dev.sluice.sdk.codec;

import dev.sluice.sdk.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;

/** {@code byte[]}: the body as it came, whatever its media type, except that JSON carries bytes as a base64 string. */
final class BytesReader extends JsonReader {

    BytesReader(ObjectReader reader) {
        super(reader, "base64 string");
    }

    @Override
    public @Nullable Object read(ByteBuf body, String mediaType) {
        return MediaTypes.isJson(mediaType) ? parse(body) : ByteBufUtil.getBytes(body);
    }

    /** {@code Content}: the body and its media type as they came, JSON too. */
    static final class OfContent extends InputReader {

        @Override
        public Object read(ByteBuf body, String mediaType) {
            return new Content(ByteBufUtil.getBytes(body), mediaType);
        }
    }
}
