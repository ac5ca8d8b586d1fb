package dev.sluice.sdk.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.ObjectWriter;

/** {@code String} into a JSON string; what needs no escapes goes without Jackson. */
final class StringWriter extends JsonWriter {

    private final ByteBufAllocator allocator;

    StringWriter(ObjectWriter writer, ByteBufAllocator allocator) {
        super(writer, allocator);
        this.allocator = allocator;
    }

    @Override
    public ByteBuf write(Object value) {
        String text = (String) value;
        if (!plain(text)) {
            return json(text);
        }
        ByteBuf body = allocator.buffer(text.length() + 2);
        body.writeByte('"');
        body.writeCharSequence(text, StandardCharsets.US_ASCII);
        body.writeByte('"');
        return body;
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
