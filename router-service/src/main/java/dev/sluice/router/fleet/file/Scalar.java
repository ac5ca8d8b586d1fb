package dev.sluice.router.fleet.file;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A value of one piece. It is taken as it is written, and not as YAML 1.1 understands it, to which {@code no} is false, and
 * {@code 1.10} is 1.1.
 *
 * @param quoted whether it may stand in quotes
 * @param parse empty where a text is no such value
 * @param action what to write where it is none
 * @param schema as JSON Schema
 */
record Scalar<T>(boolean quoted, Function<String, Optional<T>> parse, String action, Map<String, Object> schema)
        implements Shape<T> {

    @Override
    public Optional<T> read(Node node, String path, Reading reading) {
        if (!(node instanceof ScalarNode scalar) || Reading.isNull(node)) {
            reading.wrong(path, node, Reading.shown(node), action);
            return Optional.empty();
        }
        Optional<T> value = parse.apply(scalar.getValue());
        if (!quoted && !scalar.isPlain() && value.isPresent()) {
            reading.wrong(path, node, Reading.shown(node), "Write it without the quotes.");
            return Optional.empty();
        }
        if (value.isEmpty()) {
            reading.wrong(path, node, Reading.shown(node), action);
        }
        return value;
    }
}
