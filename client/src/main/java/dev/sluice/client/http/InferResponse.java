package dev.sluice.client.http;

import dev.sluice.client.tensor.DataType;
import dev.sluice.client.tensor.Inference;
import dev.sluice.client.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an answer with the binary extension; its tensors are views of the answer's bytes. */
final class InferResponse {

    private static final JsonMapper JSON = new JsonMapper();

    private InferResponse() {}

    /** @param jsonLength of the JSON in front, as the header says; null: all of it */
    static Inference read(byte[] body, @Nullable String jsonLength) {
        int length = jsonLength == null ? body.length : Integer.parseInt(jsonLength);
        JsonNode head = JSON.readTree(body, 0, length);
        int at = length;
        List<Tensor> outputs = new ArrayList<>();
        for (JsonNode output : head.path("outputs")) {
            int size = output.path("parameters").path("binary_data_size").intValue();
            outputs.add(tensor(output, ByteBuffer.wrap(body, at, size)));
            at += size;
        }
        return new Inference(
                head.path("model_name").asString(""), head.path("model_version").asString(""), outputs);
    }

    private static Tensor tensor(JsonNode output, ByteBuffer data) {
        long[] shape = output.path("shape")
                .valueStream()
                .mapToLong(JsonNode::longValue)
                .toArray();
        String type = output.path("datatype").stringValue();
        return Tensor.of(
                output.path("name").stringValue(),
                DataType.of(type).orElseThrow(() -> new IllegalArgumentException("there is no datatype " + type + ".")),
                data,
                shape);
    }
}
