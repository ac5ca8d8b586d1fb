package dev.sluice.frontend.http.envelope;

import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** How a result of any media type looks where JSON is expected. */
public final class JsonResult {

    public static final String JSON = "application/json";

    private JsonResult() {}

    public static boolean isJson(String mediaType) {
        if (mediaType.equals(JSON)) {
            return true;
        }
        return mediaType.regionMatches(true, 0, JSON, 0, JSON.length())
                && (mediaType.length() == JSON.length() || ";\t ".indexOf(mediaType.charAt(JSON.length())) >= 0);
    }

    public static boolean isText(String mediaType) {
        return mediaType.regionMatches(true, 0, "text/", 0, 5);
    }

    /** The answer's body as a JSON value. Takes the body over; the returned buffer belongs to the caller. */
    public static ByteBuf asJson(ByteBufAllocator allocator, Answer answer) {
        if (isJson(answer.mediaType())) {
            return answer.body();
        }
        byte[] bytes;
        try {
            bytes = ByteBufUtil.getBytes(answer.body());
        } finally {
            answer.body().release();
        }
        String text = isText(answer.mediaType()) ? utf8(bytes) : null;
        return text != null ? quotedText(text) : quotedBase64(allocator, bytes);
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static ByteBuf quotedText(String text) {
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        return Unpooled.wrappedBuffer(QUOTE, quoted, QUOTE);
    }

    private static ByteBuf quotedBase64(ByteBufAllocator allocator, byte[] bytes) {
        byte[] encoded = Base64.getEncoder().encode(bytes);
        return allocator
                .ioBuffer(encoded.length + 2)
                .writeByte('"')
                .writeBytes(encoded)
                .writeByte('"');
    }

    private static final byte[] QUOTE = {'"'};
}
