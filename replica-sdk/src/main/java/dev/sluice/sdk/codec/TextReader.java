package dev.sluice.sdk.codec;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;

/** {@code String}: a JSON string, or a text body in its own character set. */
final class TextReader extends JsonReader {

    TextReader(ObjectReader reader) {
        super(reader, "String");
    }

    @Override
    public @Nullable Object read(ByteBuf body, String mediaType) {
        if (MediaTypes.isJson(mediaType)) {
            String plain = plain(body);
            return plain == null ? parse(body) : plain;
        }
        if (!MediaTypes.isText(mediaType)) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT,
                    "The input is text: a string in " + MediaTypes.JSON + " or a body of text/plain; it came as \""
                            + mediaType + "\".");
        }
        return decode(body, mediaType);
    }

    /** A JSON string of ASCII without escapes; null where it is anything else. */
    private static @Nullable String plain(ByteBuf body) {
        int length = body.readableBytes();
        if (length < 2 || body.getByte(body.readerIndex()) != '"') {
            return null;
        }
        byte[] bytes = ByteBufUtil.getBytes(body);
        for (int i = 1; i < length - 1; i++) {
            if (bytes[i] < ' ' || bytes[i] == '"' || bytes[i] == '\\') {
                return null;
            }
        }
        return bytes[length - 1] == '"' ? new String(bytes, 1, length - 2, StandardCharsets.ISO_8859_1) : null;
    }

    private static String decode(ByteBuf body, String mediaType) {
        Charset charset = MediaTypes.charset(mediaType)
                .orElseThrow(() -> new QueryException(
                        ErrorCode.INVALID_INPUT, "The character set of \"" + mediaType + "\" is not known here."));
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(ByteBufUtil.getBytes(body)))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new QueryException(ErrorCode.INVALID_INPUT, "The input is not valid text in " + charset + ".");
        }
    }
}
