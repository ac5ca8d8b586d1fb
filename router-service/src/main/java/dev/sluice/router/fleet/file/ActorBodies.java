package dev.sluice.router.fleet.file;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.common.config.Problem;
import dev.sluice.router.fleet.change.Deployment;
import dev.sluice.router.fleet.change.Refusal.Invalid;
import dev.sluice.router.fleet.change.Refused;
import dev.sluice.router.fleet.change.RolloutChange;
import dev.sluice.router.fleet.change.ScaleChange;
import dev.sluice.router.fleet.change.ShadowChange;
import dev.sluice.router.fleet.file.Struct.Values;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.GoalRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What operators ask for in JSON: the fields are those of the actors file, and are read by the same shapes. All methods throw
 * {@link Refused} with everything that is wrong.
 */
public final class ActorBodies {

    private static final Field<Boolean> ROLLOUT = new Field<>(
            "rollout",
            Scalars.flag(),
            "Whether another version takes over in steps; with false it takes the place of the one that serves at once."
                    + " true unless set.");

    private static final Struct ACTOR = withRollout();

    private ActorBodies() {}

    private static Struct withRollout() {
        List<Field<?>> fields = new ArrayList<>(ActorShape.FIELDS.fields());
        fields.add(ROLLOUT);
        return new Struct(fields, List.of());
    }

    /** A whole actor. */
    public static Deployment deployment(String name, JsonNode body) {
        ActorNames.actorProblem(name).ifPresent(why -> {
            throw new Refused(new Invalid("name", "is no name for an actor", why));
        });
        Values values = read(ACTOR, body);
        ActorGoal goal = ActorShape.goal(name, values);
        List<Problem> problems = GoalRules.check(goal);
        if (!problems.isEmpty()) {
            throw new Refused(new Invalid(problems));
        }
        return new Deployment(goal, !values.get(ROLLOUT).orElse(true));
    }

    public static ScaleChange scale(JsonNode body) {
        return ScaleShape.change(something(ScaleShape.FIELDS, body));
    }

    public static RolloutChange rollout(JsonNode body) {
        return RolloutShape.change(something(RolloutShape.FIELDS, body));
    }

    public static ShadowChange shadow(JsonNode body) {
        return ShadowShape.change(something(ShadowShape.FIELDS, body));
    }

    /** As JSON Schema, by the names under which the control API documents them. */
    public static Map<String, Map<String, Object>> schemas() {
        return Map.of(
                "Actor", ACTOR.schema(),
                "Scale", ScaleShape.FIELDS.schema(),
                "Rollout", RolloutShape.FIELDS.schema(),
                "Shadow", ShadowShape.FIELDS.schema());
    }

    private static Values something(Struct shape, JsonNode body) {
        if (body.isObject() && body.isEmpty()) {
            List<String> names = shape.fields().stream().map(Field::name).toList();
            throw new Refused(new Invalid("body", "is empty", "Write fields: " + String.join(", ", names) + "."));
        }
        return read(shape, body);
    }

    private static Values read(Struct shape, JsonNode body) {
        if (!body.isObject()) {
            throw new Refused(new Invalid("body", "is no JSON object", "Write {\"field\": value, ...}."));
        }
        Reading reading = new Reading();
        Values values = shape.read(JsonTree.of(body), "", reading).orElse(new Values(Map.of()));
        if (!reading.problems().isEmpty()) {
            throw new Refused(new Invalid(
                    reading.problems().stream().map(FileProblem::problem).toList()));
        }
        return values;
    }
}
