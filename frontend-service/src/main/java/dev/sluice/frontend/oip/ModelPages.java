package dev.sluice.frontend.oip;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.query.model.Model;
import dev.sluice.frontend.query.model.ServerInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told of a model, in the order in which clients are used to it. */
final class ModelPages {

    private ModelPages() {}

    static Map<String, Object> metadata(Model model) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", model.name());
        page.put("versions", List.of(model.version()));
        page.put("platform", ServerInfo.PLATFORM);
        page.put("inputs", model.inputs().stream().map(ModelPages::metadata).toList());
        page.put("outputs", model.outputs().stream().map(ModelPages::metadata).toList());
        return page;
    }

    private static Map<String, Object> metadata(TensorSpec spec) {
        Map<String, Object> tensor = new LinkedHashMap<>();
        tensor.put("name", spec.name());
        tensor.put("datatype", spec.type().name());
        tensor.put("shape", spec.shape());
        return tensor;
    }

    /** As Triton writes the configuration of a model. */
    static Map<String, Object> config(Model model) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", model.name());
        page.put("platform", ServerInfo.PLATFORM);
        page.put("backend", ServerInfo.PLATFORM);
        page.put("version_policy", Map.of("latest", Map.of("num_versions", 1)));
        page.put("max_batch_size", model.maxBatchSize());
        page.put(
                "input",
                model.inputs().stream().map(spec -> config(model, spec)).toList());
        page.put(
                "output",
                model.outputs().stream().map(spec -> config(model, spec)).toList());
        if (model.maxBatchSize() > 0) {
            page.put(
                    "dynamic_batching",
                    Map.of("max_queue_delay_microseconds", model.method().maxWaitMicros()));
        }
        page.put("model_transaction_policy", Map.of("decoupled", model.method().streaming()));
        return page;
    }

    private static Map<String, Object> config(Model model, TensorSpec spec) {
        Map<String, Object> tensor = new LinkedHashMap<>();
        tensor.put("name", spec.name());
        tensor.put("data_type", "TYPE_" + (spec.type() == DataType.BYTES ? "STRING" : spec.type()));
        tensor.put("dims", model.rowShape(spec));
        return tensor;
    }

    static Map<String, Object> indexed(Model model) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", model.name());
        entry.put("version", model.version());
        entry.put("state", "READY");
        entry.put("reason", "");
        return entry;
    }
}
