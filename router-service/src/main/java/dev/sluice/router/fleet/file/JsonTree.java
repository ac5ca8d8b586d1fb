package dev.sluice.router.fleet.file;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.databind.JsonNode;

/** JSON as the nodes that an actors file consists of, so that both are read by the same shapes. */
final class JsonTree {

    /** JSON comes in one line: nobody looks for a field by its line there. */
    private static final Mark NOWHERE = new Mark("body", 0, 0, 0, new int[0], 0);

    private JsonTree() {}

    static Node of(JsonNode json) {
        if (json.isObject()) {
            List<NodeTuple> members = new ArrayList<>();
            json.properties()
                    .forEach(member -> members.add(new NodeTuple(text(member.getKey()), of(member.getValue()))));
            return new MappingNode(Tag.MAP, true, members, NOWHERE, NOWHERE, FlowStyle.FLOW);
        }
        if (json.isArray()) {
            List<Node> items = new ArrayList<>();
            json.forEach(item -> items.add(of(item)));
            return new SequenceNode(Tag.SEQ, true, items, NOWHERE, NOWHERE, FlowStyle.FLOW);
        }
        return json.isString() ? text(json.asString()) : plain(json);
    }

    private static Node text(String value) {
        return new ScalarNode(Tag.STR, value, NOWHERE, NOWHERE, ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node plain(JsonNode json) {
        Tag tag = json.isNull() ? Tag.NULL : json.isBoolean() ? Tag.BOOL : Tag.FLOAT;
        return new ScalarNode(tag, json.asString(), NOWHERE, NOWHERE, ScalarStyle.PLAIN);
    }
}
