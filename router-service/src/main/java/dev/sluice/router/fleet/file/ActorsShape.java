package dev.sluice.router.fleet.file;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.common.config.Problem;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.GoalRules;
import dev.sluice.router.fleet.goal.PipelineCircles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** The actors of the file by their names, held against the rules for goals. */
final class ActorsShape implements Shape<List<ActorGoal>> {

    private static final Field<List<ActorGoal>> ACTORS =
            new Field<>("actors", new ActorsShape(), "The actors by the names that they are published under.");

    private static final Struct FILE = new Struct(List.of(ACTORS), List.of(ACTORS.name()));

    private ActorsShape() {}

    /** The actors of a whole file. */
    static List<ActorGoal> readFile(Node root, Reading reading) {
        return FILE.read(root, "", reading)
                .flatMap(values -> values.get(ACTORS))
                .orElse(List.of());
    }

    static Map<String, Object> fileSchema() {
        return FILE.schema();
    }

    @Override
    public Optional<List<ActorGoal>> read(Node node, String path, Reading reading) {
        String action = "Write the names of actors below it, indented, each with a colon.";
        return Mapping.read(node, path, reading, action).map(entries -> {
            List<ActorGoal> goals = new ArrayList<>();
            for (Mapping.Entry entry : entries.values()) {
                goals.add(read(entry, reading));
            }
            PipelineCircles circles = new PipelineCircles(goals);
            for (ActorGoal goal : goals) {
                circles.problems(goal).forEach(problem -> reading.wrong(problem.in(path + "." + goal.actor())));
            }
            return goals;
        });
    }

    private static ActorGoal read(Mapping.Entry entry, Reading reading) {
        String name = entry.key();
        ActorNames.actorProblem(name)
                .ifPresent(why -> reading.wrong(entry.path(), entry.at(), "is no name for an actor", why));
        ActorGoal goal = ActorShape.read(name, entry.value(), entry.path(), reading);
        for (Problem problem : GoalRules.check(goal)) {
            Problem here = problem.in(entry.path());
            // An actor's name is its type unless that is set: one error, told once.
            boolean ofTheName =
                    problem.field().equals("actor") || problem.field().equals("type") && !reading.has(here.field());
            if (!ofTheName) {
                reading.wrong(here);
            }
        }
        return goal;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "type",
                List.of("object", "null"),
                "propertyNames",
                Map.of(
                        "pattern",
                        "^[a-zA-Z0-9][a-zA-Z0-9._-]*$",
                        "maxLength",
                        ActorNames.MAX_LENGTH,
                        "not",
                        Map.of("enum", List.copyOf(new TreeSet<>(ActorNames.RESERVED)))),
                "additionalProperties",
                ActorShape.FIELDS.schema());
    }
}
