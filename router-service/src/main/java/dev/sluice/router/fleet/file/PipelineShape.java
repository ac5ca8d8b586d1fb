package dev.sluice.router.fleet.file;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.router.pipeline.plan.Pipeline;
import dev.sluice.router.pipeline.plan.StepNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The definition of a pipeline, as JSON. What it means, and what is wrong with it, is not looked at here: the rules do that, whatever
 * way a definition came.
 */
final class PipelineShape implements Shape<String> {

    /** No definition that makes sense is deeper. */
    private static final int MOST_DEPTH = 12;

    /** More than the longest definition has. An alias counts as often as what it stands for is read. */
    private static final int MOST_PARTS = 50_000;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String INDENT = "Write fields below it, indented.";

    @Override
    public Optional<String> read(Node node, String path, Reading reading) {
        int[] left = {MOST_PARTS};
        return json(node, path, 0, left, reading).map(MAPPER::writeValueAsString);
    }

    /** @param left how many parts may be read yet; below 0 once that was told */
    private static Optional<JsonNode> json(Node node, String path, int depth, int[] left, Reading reading) {
        if (left[0] <= 0) {
            if (left[0] == 0) {
                reading.wrong(
                        path,
                        node,
                        "is part " + (MOST_PARTS + 1) + " of the definition, and there may be " + MOST_PARTS,
                        "Divide it into several pipelines; what an alias (*) stands for counts each time.");
                left[0] = -1;
            }
            return Optional.empty();
        }
        left[0]--;
        if (depth > MOST_DEPTH) {
            reading.wrong(path, node, "is nested more than " + MOST_DEPTH + " deep", "Write a step for each part.");
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar(scalar));
        }
        return node instanceof SequenceNode sequence
                ? list(sequence, path, depth, left, reading)
                : mapping(node, path, depth, left, reading);
    }

    private static Optional<JsonNode> list(SequenceNode sequence, String path, int depth, int[] left, Reading reading) {
        ArrayNode list = JSON.arrayNode();
        boolean whole = true;
        for (int i = 0; i < sequence.getValue().size() && left[0] >= 0; i++) {
            Node item = sequence.getValue().get(i);
            String at = path + "[" + i + "]";
            reading.found(at, item);
            Optional<JsonNode> read = json(item, at, depth + 1, left, reading);
            read.ifPresent(list::add);
            whole &= read.isPresent();
        }
        return whole ? Optional.of(list) : Optional.empty();
    }

    private static Optional<JsonNode> mapping(Node node, String path, int depth, int[] left, Reading reading) {
        return Mapping.read(node, path, reading, INDENT).flatMap(entries -> {
            ObjectNode object = JSON.objectNode();
            boolean whole = true;
            for (Mapping.Entry entry : entries.values()) {
                if (left[0] < 0) {
                    return Optional.empty();
                }
                Optional<JsonNode> read = json(entry.value(), entry.path(), depth + 1, left, reading);
                read.ifPresent(value -> object.set(entry.key(), value));
                whole &= read.isPresent();
            }
            return whole ? Optional.of((JsonNode) object) : Optional.empty();
        });
    }

    /** As it is written: {@code no} is a text, here as everywhere in the file. */
    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return JSON.stringNode(text);
        }
        if (Reading.isNull(scalar)) {
            return JSON.nullNode();
        }
        if (text.equals("true") || text.equals("false")) {
            return JSON.booleanNode(text.equals("true"));
        }
        return text.matches("-?(0|[1-9][0-9]{0,8})") ? JSON.numberNode(Integer.parseInt(text)) : JSON.stringNode(text);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> steps = new LinkedHashMap<>();
        steps.put("type", "object");
        steps.put("minProperties", 1);
        steps.put("maxProperties", Pipeline.MOST_STEPS);
        steps.put("propertyNames", Map.of("pattern", StepNames.PATTERN));
        steps.put("additionalProperties", step());
        return object(
                Map.of(
                        "steps",
                        steps,
                        "output",
                        described("JSONata that makes the result; unless set, the last step's.", expression())),
                List.of("steps"));
    }

    private static Map<String, Object> step() {
        Map<String, Object> fields = new LinkedHashMap<>(target());
        fields.put("combine", described("Makes one result of $results, those of an ensemble.", expression()));
        fields.put("switch", branches("The first whose condition holds.", with("when", expression())));
        fields.put("ensemble", branches("All are asked at once.", with("optional", Map.of("type", "boolean"))));
        fields.put("split", branches("One, by chance.", with("weight", Map.of("type", "integer", "minimum", 1))));
        fields.put("map", described("The step is taken for each $item of this list.", expression()));
        fields.put("parallel", Map.of("type", "integer", "minimum", 1));
        fields.put("most", Map.of("type", "integer", "minimum", 1));
        fields.put("when", described("The step is left out where this is false.", expression()));
        fields.put("after", Map.of("type", List.of("string", "array"), "items", Map.of("type", "string")));
        fields.put("optional", Map.of("type", "boolean"));
        fields.put("fallback", object(target(), List.of()));
        fields.put("for-effect", Map.of("type", "boolean"));
        return object(fields, List.of());
    }

    private static Map<String, Object> target() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "actor",
                Map.of("type", List.of("string", "number"), "minLength", 1, "maxLength", ActorNames.MAX_LENGTH));
        fields.put("method", Map.of("type", List.of("string", "number"), "minLength", 1));
        fields.put("version", Map.of("type", List.of("string", "number"), "minLength", 1));
        fields.put("input", described("JSONata; unless set, what the pipeline was asked.", expression()));
        fields.put("value", described("JSONata: reckoned here, nobody is asked.", expression()));
        return fields;
    }

    private static Map<String, Object> with(String name, Map<String, Object> shape) {
        Map<String, Object> fields = new LinkedHashMap<>(target());
        fields.put(name, shape);
        return fields;
    }

    private static Map<String, Object> branches(String about, Map<String, Object> fields) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("type", "array");
        list.put("minItems", 1);
        list.put("items", object(fields, List.of()));
        return described(about, list);
    }

    private static Map<String, Object> expression() {
        return Map.of("type", List.of("string", "number", "boolean"));
    }

    private static Map<String, Object> described(String about, Map<String, Object> shape) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("description", about);
        described.putAll(shape);
        return described;
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        object.put("additionalProperties", false);
        return object;
    }
}
