package dev.sluice.host.onnx.settings;

import dev.sluice.common.tensor.DataType;
import dev.sluice.host.onnx.session.RuntimeSettings;
import dev.sluice.sdk.actor.InvalidActorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what Sluice heeds of Triton's {@code config.pbtxt}: name, max_batch_size, inputs, outputs, and of dynamic_batching the wait.
 * With a max_batch_size above 0 the first dimension of everything is the batch's, and not among its dims.
 */
final class TritonConfig {

    private TritonConfig() {}

    /**
     * @param model the name of the folder
     * @throws InvalidActorException where the file cannot be read, or is of another model
     */
    static ModelConfig read(String file, String text, String model, RuntimeSettings runtime) {
        Map<String, List<Object>> config = TextProto.read(file, text);
        String name = text(config, "name").orElse(model);
        if (!name.equals(model)) {
            throw new InvalidActorException(file + ": name is '" + name + "', and the folder of the model is '" + model
                    + "'. Give both the same.");
        }
        int most = number(file, config, "max_batch_size").orElse(0L).intValue();
        if (most < 0 || most > 65_535) {
            throw new InvalidActorException(file + ": max_batch_size is " + most + ". Write 0 to 65535.");
        }
        Optional<Long> delay = message(config, "dynamic_batching")
                .flatMap(dynamic -> number(file, dynamic, "max_queue_delay_microseconds"));
        return new ModelConfig(
                Optional.empty(),
                Optional.of(most).filter(size -> size > 0),
                Optional.of(most > 0).filter(batching -> !batching),
                delay,
                runtime,
                false,
                tensors(file, config, "input", most > 0),
                tensors(file, config, "output", most > 0));
    }

    private static Map<String, TensorConfig> tensors(
            String file, Map<String, List<Object>> config, String field, boolean batched) {
        Map<String, TensorConfig> tensors = new LinkedHashMap<>();
        for (Object each : config.getOrDefault(field, List.of())) {
            Map<String, List<Object>> tensor = asMessage(each);
            String name = text(tensor, "name")
                    .orElseThrow(() -> new InvalidActorException(file + ": an " + field + " has no name."));
            tensors.put(
                    name,
                    new TensorConfig(
                            batched ? Optional.of(0) : Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            text(tensor, "data_type").map(type -> type(file, name, type)),
                            dims(file, tensor, batched)));
        }
        return tensors;
    }

    private static Optional<List<Long>> dims(String file, Map<String, List<Object>> tensor, boolean batched) {
        if (!tensor.containsKey("dims")) {
            return Optional.empty();
        }
        List<Long> dims = new ArrayList<>();
        if (batched) {
            dims.add(-1L);
        }
        for (Object dim : tensor.getOrDefault("dims", List.of())) {
            dims.add(whole(file, "dims", String.valueOf(dim)));
        }
        return Optional.of(dims);
    }

    private static DataType type(String file, String name, String type) {
        String plain = type.startsWith("TYPE_") ? type.substring("TYPE_".length()) : type;
        return DataType.of(plain.equals("STRING") ? "BYTES" : plain)
                .orElseThrow(() -> new InvalidActorException(
                        file + ": data_type of '" + name + "' is " + type + ", which is none."));
    }

    private static Optional<String> text(Map<String, List<Object>> message, String field) {
        return message.getOrDefault(field, List.of()).stream().findFirst().map(String::valueOf);
    }

    private static Optional<Long> number(String file, Map<String, List<Object>> message, String field) {
        return text(message, field).map(text -> whole(file, field, text));
    }

    private static long whole(String file, String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidActorException(file + ": " + field + " is " + text + ". Write a whole number.", e);
        }
    }

    private static Optional<Map<String, List<Object>>> message(Map<String, List<Object>> message, String field) {
        return message.getOrDefault(field, List.of()).stream().findFirst().map(TritonConfig::asMessage);
    }

    private static Map<String, List<Object>> asMessage(Object value) {
        Map<String, List<Object>> message = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, values) -> message.put(String.valueOf(key), new ArrayList<>((List<?>) values)));
        }
        return message;
    }
}
