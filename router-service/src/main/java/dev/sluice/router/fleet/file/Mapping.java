package dev.sluice.router.fleet.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The keys of a mapping, and what is wrong with them. */
final class Mapping {

    record Entry(String key, String path, Node at, Node value) {}

    private Mapping() {}

    /** By key, in the order of the file; none where nothing follows the colon, empty where something else does. */
    static Optional<Map<String, Entry>> read(Node node, String path, Reading reading, String action) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (Reading.isNull(node)) {
            return Optional.of(entries);
        }
        if (!(node instanceof MappingNode mapping)) {
            reading.wrong(path.isEmpty() ? "The file" : path, node, Reading.shown(node), action);
            return Optional.empty();
        }
        for (NodeTuple pair : mapping.getValue()) {
            add(pair, path, entries, reading);
        }
        return Optional.of(entries);
    }

    private static void add(NodeTuple pair, String path, Map<String, Entry> entries, Reading reading) {
        Node at = pair.getKeyNode();
        if (!(at instanceof ScalarNode scalar)) {
            reading.wrong(path.isEmpty() ? "The file" : path, at, "has a key that is no text", "Write a name.");
            return;
        }
        String key = scalar.getValue();
        String below = (path.isEmpty() ? "" : path + ".") + Reading.shortened(key);
        Entry first = entries.putIfAbsent(key, new Entry(key, below, at, pair.getValueNode()));
        if (first == null) {
            reading.found(below, at);
        } else {
            reading.wrong(
                    below, at, "is there twice, first in line " + Reading.line(first.at()), "Take one of them away.");
        }
    }
}
