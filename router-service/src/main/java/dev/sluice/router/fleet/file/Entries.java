package dev.sluice.router.fleet.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A mapping with any keys.
 *
 * @param values what each has
 * @param action what to write where there is something else
 */
record Entries<T>(Shape<T> values, String action) implements Shape<Map<String, T>> {

    @Override
    public Optional<Map<String, T>> read(Node node, String path, Reading reading) {
        return Mapping.read(node, path, reading, action).map(entries -> {
            Map<String, T> read = new LinkedHashMap<>();
            entries.values()
                    .forEach(entry -> values.read(entry.value(), entry.path(), reading)
                            .ifPresent(value -> read.put(entry.key(), value)));
            return read;
        });
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", List.of("object", "null"), "additionalProperties", values.schema());
    }
}
