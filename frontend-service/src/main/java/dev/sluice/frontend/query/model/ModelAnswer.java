package dev.sluice.frontend.query.model;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a host answers to a model's query.
 *
 * @param name of the model
 * @param version of it
 * @param outputs whose data are slices of the answer's body: good for as long as that is, and not released by themselves
 */
public record ModelAnswer(String name, String version, List<Tensor> outputs) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public ModelAnswer {
        outputs = List.copyOf(outputs);
    }

    /** @throws QueryException {@code FAILED} for what is no answer of the protocol with outputs as binary data */
    public static ModelAnswer of(Answer answer) {
        ByteBuf body = answer.body();
        int jsonLength = InferMedia.isBinary(answer.mediaType())
                ? InferMedia.jsonLength(answer.mediaType()).orElse(-1)
                : answer.mediaType().startsWith("application/json") ? body.readableBytes() : -1;
        if (jsonLength < 0 || jsonLength > body.readableBytes()) {
            throw broken("with " + answer.mediaType());
        }
        JsonNode json = json(body.slice(body.readerIndex(), jsonLength));
        List<Tensor> outputs = new ArrayList<>();
        int at = body.readerIndex() + jsonLength;
        for (JsonNode output : json.path("outputs")) {
            JsonNode size = output.path("parameters").path("binary_data_size");
            if (!size.isIntegralNumber() || size.asInt() < 0 || size.asInt() > body.writerIndex() - at) {
                throw broken("with outputs that are no binary data");
            }
            outputs.add(tensor(output, body.slice(at, size.asInt())));
            at += size.asInt();
        }
        return new ModelAnswer(
                json.path("model_name").asString(""), json.path("model_version").asString(""), outputs);
    }

    private static JsonNode json(ByteBuf text) {
        InputStream bytes = new ByteBufInputStream(text);
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw broken("with JSON that is none");
        }
    }

    private static Tensor tensor(JsonNode output, ByteBuf data) {
        String type = output.path("datatype").asString("");
        long[] shape = new long[output.path("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = output.path("shape").path(i).asLong();
        }
        return new Tensor(
                output.path("name").asString(""),
                DataType.of(type).orElseThrow(() -> broken("with an output of the datatype '" + type + "'")),
                shape,
                data);
    }

    private static QueryException broken(String how) {
        return new QueryException(
                ErrorCode.FAILED,
                "The model answered " + how
                        + ", which is no response of this protocol; its host may be older than this frontend.");
    }
}
