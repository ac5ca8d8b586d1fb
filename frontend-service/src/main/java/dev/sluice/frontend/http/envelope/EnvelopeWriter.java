package dev.sluice.frontend.http.envelope;

import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Puts a result into {@code {"success": true, "actor": name, "result": any}}, byte for byte as in 2019. A result that
 * is not JSON becomes a string (text) or base64 (anything else), followed by the member {@code media_type}.
 */
public final class EnvelopeWriter {

    /** Up to here one copy into one buffer is cheaper than a composite. */
    private static final int COPY_LIMIT = 16 * 1024;

    /** Grows with the published names only: callers ask for prefixes of actors that the catalogue knows. */
    private final Map<String, byte[]> prefixes = new ConcurrentHashMap<>();

    /** Takes the answer's body over; the returned buffer belongs to the caller. */
    public ByteBuf write(ByteBufAllocator allocator, String actor, Answer answer) {
        byte[] prefix = prefixes.computeIfAbsent(actor, EnvelopeWriter::prefix);
        if (JsonResult.isJson(answer.mediaType())) {
            return wrap(allocator, prefix, answer.body(), CLOSE);
        }
        byte[] suffix = (", \"media_type\": " + quoted(answer.mediaType()) + "}").getBytes(StandardCharsets.UTF_8);
        return wrap(allocator, prefix, JsonResult.asJson(allocator, answer), suffix);
    }

    private static final byte[] CLOSE = {'}'};

    private static ByteBuf wrap(ByteBufAllocator allocator, byte[] prefix, ByteBuf result, byte[] suffix) {
        int length = result.readableBytes();
        if (length > COPY_LIMIT) {
            return allocator
                    .compositeBuffer(3)
                    .addComponent(true, Unpooled.wrappedBuffer(prefix))
                    .addComponent(true, result)
                    .addComponent(true, Unpooled.wrappedBuffer(suffix));
        }
        try {
            return allocator
                    .ioBuffer(prefix.length + length + suffix.length)
                    .writeBytes(prefix)
                    .writeBytes(result, result.readerIndex(), length)
                    .writeBytes(suffix);
        } finally {
            result.release();
        }
    }

    private static byte[] prefix(String actor) {
        return ("{\"success\": true, \"actor\": " + quoted(actor) + ", \"result\": ").getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
