package dev.sluice.host.onnx.actor;

import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.TensorSpec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a model tells of itself, in the words of the Open Inference Protocol, and what its author wrote into it. */
final class ModelMetadata {

    private static final JsonMapper JSON = new JsonMapper();

    private ModelMetadata() {}

    static InferResult of(String name, String version, LoadedModel model, ByteBufAllocator allocator) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", name);
        all.put("versions", List.of(version));
        all.put("platform", "onnxruntime_onnx");
        all.put("inputs", tensors(model.inputs()));
        all.put("outputs", tensors(model.session().signature().outputs()));
        all.put("metadata", model.session().signature().metadata());
        byte[] json = JSON.writeValueAsBytes(all);
        ByteBuf body = allocator.directBuffer(json.length).writeBytes(json);
        return new InferResult(body, "application/json");
    }

    private static List<Map<String, Object>> tensors(List<TensorSpec> specs) {
        return specs.stream()
                .map(spec -> {
                    Map<String, Object> tensor = new LinkedHashMap<>();
                    tensor.put("name", spec.name());
                    tensor.put("datatype", spec.type().name());
                    tensor.put("shape", spec.shape());
                    return tensor;
                })
                .toList();
    }
}
