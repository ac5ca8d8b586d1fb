package dev.sluice.frontend.http;

import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Puts answers into server-sent events: JSON and text as they are, anything else as base64. */
public final class ServerSentEvents {

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT_DATA = "\ndata: ".getBytes(StandardCharsets.US_ASCII);

    private ServerSentEvents() {}

    /** One event without a name; takes the answer's body over. */
    public static ByteBuf answer(ByteBufAllocator allocator, Answer answer) {
        ByteBuf body = answer.body();
        try {
            ByteBuf event = allocator.ioBuffer(body.readableBytes() + 16).writeBytes(DATA);
            if (JsonResult.isJson(answer.mediaType()) || JsonResult.isText(answer.mediaType())) {
                writeLines(event, body);
            } else {
                event.writeBytes(Base64.getEncoder().encode(ByteBufUtil.getBytes(body)));
            }
            return event.writeByte('\n').writeByte('\n');
        } finally {
            body.release();
        }
    }

    /** A named event with one line of data. */
    public static ByteBuf named(ByteBufAllocator allocator, String name, byte[] line) {
        return allocator
                .ioBuffer(line.length + 64)
                .writeBytes(("event: " + name + "\n").getBytes(StandardCharsets.US_ASCII))
                .writeBytes(DATA)
                .writeBytes(line)
                .writeByte('\n')
                .writeByte('\n');
    }

    /** A comment, which readers skip. */
    public static ByteBuf comment(ByteBufAllocator allocator) {
        return allocator.ioBuffer(3).writeByte(':').writeByte('\n').writeByte('\n');
    }

    /** A line break of any kind would end the field, so that each line becomes a field of its own. */
    private static void writeLines(ByteBuf event, ByteBuf body) {
        int end = body.writerIndex();
        int from = body.readerIndex();
        while (true) {
            int at = lineBreak(body, from, end);
            event.writeBytes(body, from, at - from);
            if (at == end) {
                return;
            }
            boolean crLf = body.getByte(at) == '\r' && at + 1 < end && body.getByte(at + 1) == '\n';
            from = at + (crLf ? 2 : 1);
            event.writeBytes(NEXT_DATA);
        }
    }

    private static int lineBreak(ByteBuf body, int from, int end) {
        int at = body.forEachByte(from, end - from, b -> b != '\n' && b != '\r');
        return at < 0 ? end : at;
    }
}
