package dev.sluice.router.fleet.file;

import dev.sluice.common.text.NearestName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A mapping with certain fields.
 *
 * @param fields that it may have
 * @param required names of those that it must have
 */
record Struct(List<Field<?>> fields, List<String> required) implements Shape<Struct.Values> {

    /** Those that are there and look as they should. */
    record Values(Map<Field<?>, Object> byField) {

        @SuppressWarnings("unchecked") // under a field there is what its shape has read
        <T> Optional<T> get(Field<T> field) {
            return Optional.ofNullable((T) byField.get(field));
        }
    }

    private List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    private @Nullable Field<?> field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Optional<Values> read(Node node, String path, Reading reading) {
        String action = "Write fields below it, indented: " + String.join(", ", names()) + ".";
        return Mapping.read(node, path, reading, action).map(entries -> {
            Map<Field<?>, Object> values = new HashMap<>();
            entries.values().forEach(entry -> {
                Field<?> field = field(entry.key());
                if (field == null) {
                    reading.wrong(entry.path(), entry.at(), "is unknown", advice(entry.key()));
                } else {
                    field.shape()
                            .read(entry.value(), entry.path(), reading)
                            .ifPresent(value -> values.put(field, value));
                }
            });
            for (String name : required) {
                if (!entries.containsKey(name)) {
                    reading.wrong(
                            path.isEmpty() ? name : path + "." + name,
                            node,
                            "is missing",
                            "Write it: it has no default.");
                }
            }
            return new Values(values);
        });
    }

    private String advice(String unknown) {
        return NearestName.of(unknown, names())
                .map(near -> "Did you mean " + near + "?")
                .orElse("Write one of: " + String.join(", ", names()) + ".");
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Field<?> field : fields) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", field.about());
            property.putAll(field.shape().schema());
            properties.put(field.name(), property);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", required.isEmpty() ? List.of("object", "null") : "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}
