package dev.sluice.frontend.zmq;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.message.CallOptions;
import dev.sluice.frontend.message.Member;
import dev.sluice.frontend.message.Message;
import dev.sluice.frontend.message.Message.Span;
import dev.sluice.frontend.message.MessageReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import zmq.Msg;

/**
 * What a message asks for.
 *
 * @param actor the published name
 * @param method the method's name
 * @param input the input's bytes
 * @param mediaType of the input
 * @param message what else it says
 */
record ClientRequest(String actor, String method, ByteBuf input, String mediaType, Message message) {

    private static final int LONGEST_TARGET = 512;
    private static final int LONGEST_HEADER = 16 * 1024;

    private static final MessageReader HEADER = new MessageReader(
            "The header",
            "{\"slo_ms\": 100, \"id\": \"q-1\"}",
            EnumSet.of(
                    Member.SLO_MS,
                    Member.PRIORITY,
                    Member.ID,
                    Member.MEDIA_TYPE,
                    Member.VERSION,
                    Member.TENANT,
                    Member.KEY,
                    Member.STREAM,
                    Member.TRACEPARENT,
                    Member.TRACESTATE,
                    Member.CANCEL));

    private static final String SHAPE = "{\"actor\": \"vadder\", \"input\": 10, \"slo_ms\": 1000}";

    private static final MessageReader JSON =
            new MessageReader("The message", SHAPE, EnumSet.complementOf(EnumSet.of(Member.MEDIA_TYPE)));

    /** The header of a message of three frames. @throws QueryException {@code INVALID_INPUT} */
    static Message header(Msg frame) {
        if (frame.size() > LONGEST_HEADER) {
            throw invalid("The header has " + frame.size() + " bytes and may have " + LONGEST_HEADER + ".");
        }
        return HEADER.read(Unpooled.wrappedBuffer(frame.data()));
    }

    /** A message of one frame. @throws QueryException {@code INVALID_INPUT} */
    static Message json(Msg frame) {
        return JSON.read(Unpooled.wrappedBuffer(frame.data()));
    }

    /** @throws QueryException {@code INVALID_INPUT} where the first frame names no actor */
    static ClientRequest framed(String target, Message header, Msg payload) {
        String actor = actor(target);
        String method = actor.length() == target.length()
                ? MethodDescriptor.DEFAULT_NAME
                : target.substring(actor.length() + 1);
        if (actor.isEmpty() || method.isEmpty() || method.indexOf('/') >= 0) {
            throw invalid("The first frame must be an actor's name, or actor/method; it is "
                    + (target.isEmpty() ? "empty." : shortened(target) + "."));
        }
        String mediaType = header.options().mediaType();
        return new ClientRequest(
                actor,
                method,
                Unpooled.wrappedBuffer(payload.data()),
                mediaType == null ? JsonResult.JSON : mediaType,
                header);
    }

    /** @throws QueryException {@code INVALID_INPUT} where it names no actor or has no input */
    static ClientRequest of(Message message, Msg frame) {
        String actor = message.actor();
        Span input = message.input();
        if (actor == null || input == null) {
            throw invalid("The member " + (actor == null ? "actor" : "input") + " is missing; a message looks like "
                    + SHAPE + ".");
        }
        String method = message.method();
        return new ClientRequest(
                actor,
                method == null ? MethodDescriptor.DEFAULT_NAME : method,
                Unpooled.wrappedBuffer(frame.data(), input.start(), input.length()),
                JsonResult.JSON,
                message);
    }

    /** The actor's name in a first frame. */
    static String actor(String target) {
        int slash = target.indexOf('/');
        return slash < 0 ? target : target.substring(0, slash);
    }

    CallOptions options() {
        return message.options();
    }

    @Nullable String id() {
        return message.id();
    }

    /** The first frame of three. @throws QueryException {@code INVALID_INPUT} where it is no text */
    static String target(Msg frame) {
        if (frame.size() > LONGEST_TARGET) {
            throw invalid(
                    "The first frame must be an actor's name, or actor/method; it has " + frame.size() + " bytes.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(frame.data()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("The first frame must be an actor's name, or actor/method, in UTF-8; it is not.");
        }
    }

    private static String shortened(String text) {
        return text.length() > 64 ? text.substring(0, 64) + "..." : text;
    }

    static QueryException invalid(String sentence) {
        return new QueryException(ErrorCode.INVALID_INPUT, sentence);
    }
}
