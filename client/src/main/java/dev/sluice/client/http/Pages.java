package dev.sluice.client.http;

import dev.sluice.client.tensor.DataType;
import dev.sluice.client.tensor.ModelInfo;
import dev.sluice.client.tensor.ModelInfo.TensorInfo;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What frontends say of models. */
final class Pages {

    private static final JsonMapper JSON = new JsonMapper();

    private Pages() {}

    static List<String> models(byte[] page) {
        return JSON.readTree(page)
                .required("models")
                .asArray()
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    static ModelInfo model(byte[] page) {
        JsonNode model = JSON.readTree(page);
        return new ModelInfo(
                model.path("name").stringValue(),
                model.path("versions").valueStream().map(JsonNode::stringValue).toList(),
                tensors(model.path("inputs")),
                tensors(model.path("outputs")));
    }

    private static List<TensorInfo> tensors(JsonNode tensors) {
        return tensors.valueStream()
                .map(tensor -> new TensorInfo(
                        tensor.path("name").stringValue(),
                        DataType.of(tensor.path("datatype").stringValue()).orElseThrow(),
                        tensor.path("shape")
                                .valueStream()
                                .map(JsonNode::longValue)
                                .toList()))
                .toList();
    }
}
