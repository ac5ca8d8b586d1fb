package dev.sluice.router.fleet.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A list.
 *
 * @param item what each of it is
 * @param action what to write where there is something else
 */
record Items<T>(Shape<T> item, String action) implements Shape<List<T>> {

    @Override
    public Optional<List<T>> read(Node node, String path, Reading reading) {
        if (!(node instanceof SequenceNode sequence)) {
            reading.wrong(path, node, Reading.shown(node), action);
            return Optional.empty();
        }
        List<T> items = new ArrayList<>();
        List<Node> nodes = sequence.getValue();
        for (int i = 0; i < nodes.size(); i++) {
            item.read(nodes.get(i), path + "." + i, reading).ifPresent(items::add);
        }
        return items.size() == nodes.size() ? Optional.of(items) : Optional.empty();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "array", "items", item.schema());
    }
}
