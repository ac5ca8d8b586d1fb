package dev.sluice.frontend.flight;

import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.query.model.Model;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A method in JSON, for people and programs that look for one to ask. */
final class ModelDescription {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ModelDescription() {}

    static byte[] json(Model model) {
        ObjectNode json = JSON.createObjectNode()
                .put("actor", model.actor().name())
                .put("method", model.method().name())
                .put("version", model.version())
                .put("description", model.actor().description())
                .put("takes", model.method().inputType())
                .put("gives", model.method().outputType())
                .put("streaming", model.method().streaming());
        model.method().tensors().ifPresent(tensors -> {
            json.set("inputs", tensors(tensors.inputs()));
            json.set("outputs", tensors(tensors.outputs()));
        });
        return JSON.writeValueAsBytes(json);
    }

    private static ArrayNode tensors(List<TensorSpec> specs) {
        ArrayNode all = JSON.createArrayNode();
        for (TensorSpec spec : specs) {
            ArrayNode shape = JSON.createArrayNode();
            for (long size : spec.shape()) {
                shape.add(size);
            }
            all.add(JSON.createObjectNode()
                    .put("name", spec.name())
                    .put("datatype", spec.type().name())
                    .set("shape", shape));
        }
        return all;
    }
}
