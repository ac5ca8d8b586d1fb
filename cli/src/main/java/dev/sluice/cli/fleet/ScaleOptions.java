package dev.sluice.cli.fleet;

import dev.sluice.cli.output.CommandFailure;
import dev.sluice.cli.output.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How many replicas. */
final class ScaleOptions {

    @Option(names = "--replicas", paramLabel = "N", description = "Exactly so many replicas; 1 of a new actor.")
    private @Nullable Integer replicas;

    @Option(
            names = "--min",
            paramLabel = "N",
            description = "The fewest replicas, where the router chooses how many; 0: none while nobody calls.")
    private @Nullable Integer min;

    @Option(names = "--max", paramLabel = "N", description = "The most replicas, where the router chooses how many.")
    private @Nullable Integer max;

    /**
     * The field {@code replicas} as it is to be; empty where nothing is said of it.
     *
     * @param before as it is
     */
    Optional<JsonNode> over(JsonNode before) {
        if (replicas != null && (min != null || max != null)) {
            throw new CommandFailure("--replicas is a number, --min and --max are bounds: give one or the other.");
        }
        if (replicas != null) {
            return Optional.of(Json.mapper().getNodeFactory().numberNode(replicas));
        }
        if (min == null && max == null) {
            return Optional.empty();
        }
        ObjectNode bounds = Json.mapper().createObjectNode();
        int least = before.isObject() ? before.path("min").asInt(1) : before.asInt(1);
        int most = before.isObject() ? before.path("max").asInt(1) : before.asInt(1);
        before.properties().forEach(field -> bounds.set(field.getKey(), field.getValue()));
        bounds.put("min", min == null ? least : min);
        bounds.put("max", max == null ? most : max);
        return Optional.of(bounds);
    }
}
