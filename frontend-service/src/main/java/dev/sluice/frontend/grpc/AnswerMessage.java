package dev.sluice.frontend.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.frontend.query.Answer;
import inference.ModelInferResponse;
import inference.ModelInferResponse.InferOutputTensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A host's answer as a message, whose raw contents are the answer's own bytes: it is good for as long as the answer's body is. */
final class AnswerMessage {

    private static final JsonMapper JSON = JsonMapper.shared();

    private AnswerMessage() {}

    /**
     * @param id of the request, repeated as it came
     * @throws QueryException {@code FAILED} for what is no answer of this protocol
     */
    static ModelInferResponse.Builder of(Answer answer, String id) {
        ByteBuf body = answer.body();
        int jsonLength = InferMedia.isBinary(answer.mediaType())
                ? InferMedia.jsonLength(answer.mediaType()).orElse(-1)
                : answer.mediaType().startsWith("application/json") ? body.readableBytes() : -1;
        if (jsonLength < 0 || jsonLength > body.readableBytes()) {
            throw broken("with " + answer.mediaType());
        }
        JsonNode json = json(body.slice(body.readerIndex(), jsonLength));
        ModelInferResponse.Builder message = ModelInferResponse.newBuilder()
                .setModelName(json.path("model_name").asString(""))
                .setModelVersion(json.path("model_version").asString(""))
                .setId(id);
        int at = body.readerIndex() + jsonLength;
        for (JsonNode output : json.path("outputs")) {
            message.addOutputs(output(output));
            JsonNode size = output.path("parameters").path("binary_data_size");
            if (!size.isIntegralNumber() || size.asInt() < 0 || size.asInt() > body.writerIndex() - at) {
                throw broken("with outputs that are no binary data");
            }
            message.addRawOutputContents(bytes(body.slice(at, size.asInt())));
            at += size.asInt();
        }
        return message;
    }

    private static JsonNode json(ByteBuf text) {
        InputStream bytes = new ByteBufInputStream(text);
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw broken("with JSON that is none");
        }
    }

    private static InferOutputTensor output(JsonNode output) {
        InferOutputTensor.Builder tensor = InferOutputTensor.newBuilder()
                .setName(output.path("name").asString(""))
                .setDatatype(output.path("datatype").asString(""));
        output.path("shape").forEach(size -> tensor.addShape(size.asLong()));
        return tensor.build();
    }

    private static ByteString bytes(ByteBuf data) {
        ByteString all = ByteString.EMPTY;
        for (ByteBuffer part : data.nioBuffers()) {
            all = all.concat(UnsafeByteOperations.unsafeWrap(part));
        }
        return all;
    }

    private static QueryException broken(String how) {
        return new QueryException(
                ErrorCode.FAILED,
                "The model answered " + how
                        + ", which is no response of this protocol; its host may be older than this frontend.");
    }
}
