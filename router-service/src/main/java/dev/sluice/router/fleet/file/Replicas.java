package dev.sluice.router.fleet.file;

import dev.sluice.router.fleet.goal.GoalRules;
import dev.sluice.router.fleet.goal.Scale;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** How many replicas: a number, or bounds between which the router chooses. */
final class Replicas implements Shape<Scale> {

    static final Shape<Integer> FIXED = Scalars.whole(1, GoalRules.MOST_REPLICAS);

    static final Shape<Integer> FEWEST = Scalars.whole(0, GoalRules.MOST_REPLICAS);

    static final Shape<Double> PART =
            Scalars.number("0.7", Map.of("type", "number", "exclusiveMinimum", 0, "maximum", 1));

    private static final Field<Integer> MIN =
            new Field<>("min", FEWEST, "The fewest replicas; 0: none while nobody calls the actor. 1 unless set.");

    private static final Field<Integer> MAX = new Field<>("max", FIXED, "The most replicas.");

    private static final Field<Double> UTILISATION = new Field<>(
            "target-utilisation",
            PART,
            "The part of a replica's time that is to be used, above 0 and at most 1. " + Scale.USUAL_UTILISATION
                    + " unless set.");

    private static final Field<Duration> DOWN_AFTER = new Field<>(
            "down-after",
            Scalars.time(),
            "For how long fewer replicas must have sufficed before any is taken away. "
                    + Scale.USUAL_DOWN_AFTER.toSeconds() + "s unless set.");

    private static final Struct BOUNDS = new Struct(List.of(MIN, MAX, UTILISATION, DOWN_AFTER), List.of(MAX.name()));

    @Override
    public Optional<Scale> read(Node node, String path, Reading reading) {
        if (!(node instanceof MappingNode)) {
            return FIXED.read(node, path, reading).map(Scale::fixed);
        }
        return BOUNDS.read(node, path, reading)
                .flatMap(bounds -> bounds.get(MAX)
                        .map(max -> new Scale(
                                bounds.get(MIN).orElse(1),
                                max,
                                bounds.get(UTILISATION).orElse(Scale.USUAL_UTILISATION),
                                bounds.get(DOWN_AFTER).orElse(Scale.USUAL_DOWN_AFTER))));
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("oneOf", List.of(FIXED.schema(), BOUNDS.schema()));
    }
}
