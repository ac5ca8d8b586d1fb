package dev.sluice.router.pipeline.plan;

import dev.sluice.common.config.Problem;
import dev.sluice.router.pipeline.expression.BadExpression;
import dev.sluice.router.pipeline.expression.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the definition of a pipeline, and holds it against the rules. */
public final class PipelineReader {

    /** The field of an actor that has the definition; places of problems begin with it. */
    public static final String FIELD = "pipeline";

    /** The most characters that a definition may have, as JSON. */
    public static final int MOST_CHARACTERS = 256 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> FIELDS = List.of("steps", "output");
    private static final String STEPS = FIELD + ".steps";

    /**
     * What came of reading.
     *
     * @param pipeline empty where there are problems
     */
    public record Result(Optional<Pipeline> pipeline, List<Problem> problems) {}

    private final Problems problems = new Problems();

    private PipelineReader() {}

    /** @param json the definition */
    public static Result read(String json) {
        PipelineReader reader = new PipelineReader();
        Optional<Pipeline> pipeline = reader.tree(json).flatMap(reader::pipeline);
        return new Result(reader.problems.isEmpty() ? pipeline : Optional.empty(), reader.problems.all());
    }

    private Optional<JsonNode> tree(String json) {
        if (json.length() > MOST_CHARACTERS) {
            problems.add(
                    FIELD,
                    "has " + json.length() + " characters, and a definition may have " + MOST_CHARACTERS,
                    "Divide it into several pipelines: a step may call another pipeline.");
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(json));
        } catch (JacksonException e) {
            problems.add(FIELD, "is no JSON: " + e.getOriginalMessage(), "Write {\"steps\": {...}}.");
            return Optional.empty();
        }
    }

    private Optional<Pipeline> pipeline(JsonNode root) {
        return Fields.of(root, FIELD, problems, FIELDS).flatMap(fields -> {
            JsonNode steps = fields.get("steps").orElse(null);
            if (steps == null || !steps.isObject() || steps.isEmpty()) {
                problems.add(
                        STEPS,
                        steps == null ? "is missing" : steps.isObject() ? "is empty" : Problems.shown(steps),
                        "Write the names of steps below it, each with what it does, such as"
                                + " 'clean: {actor: cleaner}'.");
                return Optional.empty();
            }
            if (steps.size() > Pipeline.MOST_STEPS) {
                problems.add(
                        STEPS,
                        "has " + steps.size() + " steps, and a pipeline may have " + Pipeline.MOST_STEPS,
                        "Divide it into several: a step may call another pipeline, or be laid over a list by map.");
                return Optional.empty();
            }
            return pipeline(steps, fields);
        });
    }

    private Optional<Pipeline> pipeline(JsonNode steps, Fields fields) {
        Map<String, StepReader.Read> read = new LinkedHashMap<>();
        StepReader reader = new StepReader(problems);
        steps.properties()
                .forEach(step -> reader.read(step.getKey(), step.getValue(), STEPS + "." + step.getKey())
                        .ifPresent(one -> read.put(step.getKey(), one)));
        Optional<Expression> output =
                fields.get("output").flatMap(node -> problems.expression(fields.at("output"), node));
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        StepGraph graph = new StepGraph(read, problems);
        Optional<Expression> result = output.or(() -> lastOf(graph));
        result.ifPresent(graph::endsWith);
        List<Step> inOrder = graph.inOrder();
        return problems.isEmpty() ? result.map(last -> new Pipeline(inOrder, last)) : Optional.empty();
    }

    /** Without an output, the result is that of the one step that no other uses. */
    private Optional<Expression> lastOf(StepGraph graph) {
        List<String> last = new ArrayList<>(graph.last());
        if (last.size() != 1) {
            problems.add(
                    FIELD + ".output",
                    "is missing, and " + (last.isEmpty() ? "no step is" : String.join(", ", last) + " are")
                            + " used by no other",
                    "Write an expression that makes the result, such as '{\"a\": $a, \"b\": $b}'.");
            return Optional.empty();
        }
        try {
            return Optional.of(Expression.compile("$" + last.get(0)));
        } catch (BadExpression e) {
            throw new IllegalStateException("the name of a step is no expression: " + last, e);
        }
    }
}
