package dev.sluice.frontend.oip;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.http.ReceivedBody;
import dev.sluice.frontend.http.Responder;
import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryCall;
import dev.sluice.frontend.query.QueryOptions;
import io.netty.buffer.ByteBufAllocator;
import reactor.netty.http.server.HttpServerRequest;

/** {@code POST .../infer}: the body goes to the host as it is, whose answer comes back as it is. */
final class InferDialect extends OipDialect {

    InferDialect(OipPath path, Gateway gateway, long mostBytes) {
        super(path, gateway, mostBytes);
    }

    @Override
    public void readHead(HttpServerRequest request, Caller caller) {
        super.readHead(request, caller);
        if (method().streaming()) {
            throw QueryOptions.invalid("The model " + head().model().name()
                    + " gives several results for one request; ask for them by generate_stream, or by ModelStreamInfer of"
                    + " gRPC.");
        }
    }

    @Override
    QueryCall call(ReceivedBody body, String id) {
        InferBody whole = whole(body);
        InferHead said;
        try {
            said = InferHead.read(whole.bytes(), whole.bytes().readerIndex(), whole.jsonLength());
        } catch (RuntimeException | Error e) {
            whole.release();
            throw e;
        }
        return call(
                whole.bytes(),
                whole.charge(),
                InferMedia.binary(whole.jsonLength()),
                said.parameters(),
                said.id() != null ? said.id() : id);
    }

    private InferBody whole(ReceivedBody body) {
        int bytes = body.bytes().readableBytes();
        int json = head().jsonLength();
        if (json > bytes) {
            body.release();
            throw QueryOptions.invalid(
                    OipHead.JSON_LENGTH + " is " + json + ", and the whole body has " + bytes + " bytes.");
        }
        InferBody whole = InferBody.of(body, json < 0 ? bytes : json);
        return json == 0 ? RawRequest.of(head().model(), whole) : whole;
    }

    /** Negative where the media type is not one of the protocol's. */
    private static int jsonLength(String mediaType) {
        try {
            return InferMedia.isBinary(mediaType)
                    ? InferMedia.jsonLength(mediaType).orElse(-1)
                    : -1;
        } catch (QueryException e) { // no length: that is its host's fault, and its caller hears of it otherwise
            return -1;
        }
    }

    @Override
    public void answer(Answer answer, Responder responder, ByteBufAllocator allocator) {
        String mediaType = answer.mediaType();
        if (JsonResult.isJson(mediaType)) {
            responder.answer(answer.body(), JsonResult.JSON);
            return;
        }
        int jsonLength = jsonLength(mediaType);
        if (jsonLength >= 0 && jsonLength <= answer.body().readableBytes()) {
            responder.header(OipHead.JSON_LENGTH, Integer.toString(jsonLength));
            responder.answer(answer.body(), InferMedia.BINARY);
        } else {
            answer.body().release();
            responder.problem(Problem.of(
                    new Failure(
                            ErrorCode.FAILED,
                            "The model answered with " + mediaType
                                    + ", which is no response of this protocol; its host may be older than this frontend."),
                    actor()));
        }
    }
}
