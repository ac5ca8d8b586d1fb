package dev.sluice.frontend.websocket;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.message.Member;
import dev.sluice.frontend.message.Message;
import dev.sluice.frontend.message.Message.Span;
import dev.sluice.frontend.message.MessageReader;
import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was read.
 *
 * @param message what it says
 * @param input where the input is in its bytes, null where it has none
 * @param mediaType of the input
 */
record SocketMessage(Message message, @Nullable Span input, String mediaType) {

    private static final String SHAPE = "{\"id\": \"q-1\", \"input\": 10, \"slo_ms\": 1000}";

    private static final MessageReader TEXT = new MessageReader(
            "The message",
            SHAPE,
            EnumSet.of(
                    Member.ID,
                    Member.INPUT,
                    Member.SLO_MS,
                    Member.PRIORITY,
                    Member.VERSION,
                    Member.TRACEPARENT,
                    Member.TRACESTATE,
                    Member.CANCEL));

    private static final MessageReader HEADER = new MessageReader(
            "The header",
            "{\"id\": \"q-1\", \"media_type\": \"image/png\"}",
            EnumSet.of(
                    Member.ID,
                    Member.MEDIA_TYPE,
                    Member.SLO_MS,
                    Member.PRIORITY,
                    Member.VERSION,
                    Member.TRACEPARENT,
                    Member.TRACESTATE,
                    Member.CANCEL));

    /** @throws QueryException {@code INVALID_INPUT} */
    static SocketMessage text(ByteBuf bytes) {
        Message message = TEXT.read(bytes);
        return new SocketMessage(message, message.input(), JsonResult.JSON);
    }

    /** Four bytes say how long the header is, then that, then the input. @throws QueryException {@code INVALID_INPUT} */
    static SocketMessage binary(ByteBuf bytes) {
        int start = bytes.readerIndex() + Integer.BYTES;
        long length = bytes.readableBytes() < Integer.BYTES ? -1 : bytes.getUnsignedInt(bytes.readerIndex());
        if (length < 0 || length > bytes.writerIndex() - start) {
            throw invalid(
                    "A binary message begins with four bytes, most significant first, that say how long its JSON header is;"
                            + " this one has " + bytes.readableBytes() + " bytes"
                            + (length < 0 ? "." : " and says " + length + "."));
        }
        int end = start + (int) length;
        Message header = HEADER.read(bytes.slice(start, (int) length));
        String mediaType = header.options().mediaType();
        return new SocketMessage(
                header, new Span(end, bytes.writerIndex()), mediaType == null ? JsonResult.JSON : mediaType);
    }

    @Nullable String id() {
        return message.id();
    }

    /** @throws QueryException {@code INVALID_INPUT} where it has none */
    String requiredId() {
        String id = message.id();
        if (id == null) {
            throw invalid("The member id is missing, by which the replies name their query; a message looks like "
                    + SHAPE + ".");
        }
        return id;
    }

    /** @throws QueryException {@code INVALID_INPUT} where it has none */
    Span requiredInput() {
        Span span = input;
        if (span == null) {
            throw invalid("The member input is missing; a message looks like " + SHAPE + ".");
        }
        return span;
    }

    static QueryException invalid(String sentence) {
        return new QueryException(ErrorCode.INVALID_INPUT, sentence);
    }
}
