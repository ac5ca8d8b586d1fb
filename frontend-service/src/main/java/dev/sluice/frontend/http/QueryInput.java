package dev.sluice.frontend.http;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.MediaTypes.BodyKind;
import dev.sluice.frontend.http.envelope.Envelope;
import dev.sluice.frontend.http.envelope.EnvelopeReader;
import dev.sluice.frontend.http.envelope.JsonResult;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The input of a query with what its envelope or its headers say of it.
 *
 * @param bytes the input; a slice of the body where that is an envelope
 * @param bare whether the body is the input itself, so that the answer is the result itself
 * @param sloNanos 0 for the actor's default
 * @param version the version that is to answer, or null
 * @param id the id in the envelope, or null
 */
record QueryInput(
        ByteBuf bytes,
        String mediaType,
        boolean bare,
        long sloNanos,
        int priority,
        @Nullable String version,
        @Nullable String id) {

    /**
     * Finds the input in the body.
     *
     * @throws QueryException {@code INVALID_INPUT} or {@code TOO_LARGE}; the body is released then
     */
    static QueryInput of(RequestHead head, ReceivedBody received, long maxBytes) {
        ByteBuf body = received.bytes();
        try {
            boolean bare = head.bodyKind() == BodyKind.BARE
                    || head.bodyKind() == BodyKind.FORM && body.isReadable() && !MediaTypes.startsLikeAnObject(body);
            QueryInput input = bare ? bare(head, body) : enveloped(head, body);
            if (input.bytes.readableBytes() > maxBytes) {
                throw tooLarge(maxBytes);
            }
            return input;
        } catch (RuntimeException e) {
            received.release();
            throw e;
        }
    }

    static QueryException tooLarge(long maxBytes) {
        return new QueryException(
                ErrorCode.TOO_LARGE, "The input is larger than the " + maxBytes + " bytes that are allowed.");
    }

    private static QueryInput bare(RequestHead head, ByteBuf body) {
        return new QueryInput(body, head.mediaType(), true, head.sloNanos(), head.priority(), head.version(), null);
    }

    private static QueryInput enveloped(RequestHead head, ByteBuf body) {
        if (!body.isReadable()) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT,
                    "The body is empty; send a JSON object like {\"input\": ..., \"slo_ms\": 100}, or the input itself with its"
                            + " own Content-Type.");
        }
        Envelope envelope = EnvelopeReader.read(body);
        return new QueryInput(
                body.slice(envelope.inputStart(), envelope.inputLength()),
                JsonResult.JSON,
                false,
                envelope.sloNanos() > 0 ? envelope.sloNanos() : head.sloNanos(),
                envelope.priority() > 0 ? envelope.priority() : head.priority(),
                envelope.version() != null ? envelope.version() : head.version(),
                envelope.id());
    }
}
