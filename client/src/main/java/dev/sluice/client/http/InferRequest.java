package dev.sluice.client.http;

import dev.sluice.client.tensor.Tensor;
import dev.sluice.client.transport.Call;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to infer with the binary extension: JSON, and the tensors' own bytes behind it.
 *
 * @param jsonLength how long the JSON in front is
 */
record InferRequest(List<ByteBuffer> body, int jsonLength) {

    static final String LENGTH = "Inference-Header-Content-Length";

    private static final JsonMapper JSON = new JsonMapper();

    static InferRequest of(Call call, List<Tensor> inputs) {
        ObjectNode head = JSON.createObjectNode();
        head.putObject("parameters").put("binary_data_output", true);
        ArrayNode all = head.putArray("inputs");
        for (Tensor input : inputs) {
            ObjectNode tensor = all.addObject();
            tensor.put("name", input.name());
            tensor.put("datatype", input.type().name());
            ArrayNode shape = tensor.putArray("shape");
            for (long size : input.shape()) {
                shape.add(size);
            }
            tensor.putObject("parameters").put("binary_data_size", input.data().remaining());
        }
        if (!call.outputs().isEmpty()) {
            ArrayNode outputs = head.putArray("outputs");
            call.outputs()
                    .forEach(name -> outputs.addObject()
                            .put("name", name)
                            .set("parameters", JSON.valueToTree(Map.of("binary_data", true))));
        }
        byte[] json = JSON.writeValueAsBytes(head);
        List<ByteBuffer> body = new ArrayList<>(
                Stream.concat(Stream.of(ByteBuffer.wrap(json)), inputs.stream().map(Tensor::data))
                        .toList());
        return new InferRequest(body, json.length);
    }
}
