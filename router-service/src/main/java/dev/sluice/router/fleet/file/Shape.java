package dev.sluice.router.fleet.file;

import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** What a part of the file looks like. What else must hold of what it says, the rules of goals tell. */
interface Shape<T> {

    /** Its value; empty where it looks otherwise, which the reading is told. */
    Optional<T> read(Node node, String path, Reading reading);

    /** The same as JSON Schema. */
    Map<String, Object> schema();
}
