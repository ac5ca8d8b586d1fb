package dev.sluice.router.pipeline.plan;

import dev.sluice.common.text.NearestName;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The fields of one mapping of a definition. */
record Fields(JsonNode node, String path, Problems problems) {

    /** Empty where the node is no mapping, or has a field that is none of these. */
    static Optional<Fields> of(JsonNode node, String path, Problems problems, List<String> names) {
        if (!node.isObject()) {
            problems.add(path, Problems.shown(node), "Write fields below it: " + String.join(", ", names) + ".");
            return Optional.empty();
        }
        boolean known = true;
        for (String name : node.propertyNames()) {
            if (!names.contains(name)) {
                known = false;
                problems.add(
                        path + "." + name,
                        "is unknown",
                        NearestName.of(name, names)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Write one of: " + String.join(", ", names) + "."));
            }
        }
        return known ? Optional.of(new Fields(node, path, problems)) : Optional.empty();
    }

    boolean has(String name) {
        return node.has(name);
    }

    String at(String name) {
        return path + "." + name;
    }

    Optional<JsonNode> get(String name) {
        return Optional.ofNullable(node.get(name));
    }
}
