package dev.sluice.router.pipeline.plan;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.router.pipeline.expression.Expression;
import dev.sluice.router.pipeline.plan.Target.Call;
import dev.sluice.router.pipeline.plan.Target.Choice;
import dev.sluice.router.pipeline.plan.Target.Compute;
import dev.sluice.router.pipeline.plan.Target.Ensemble;
import dev.sluice.router.pipeline.plan.Target.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads what a step does. */
final class TargetReader {

    static final int MOST_BRANCHES = 100;
    static final int MOST_WEIGHT = 1_000_000;

    private static final List<String> CALL = List.of("actor", "method", "version", "input");
    private static final List<String> KINDS = List.of("actor", "value", "switch", "ensemble", "split");

    /** The fields that say what a step does. */
    static final List<String> FIELDS =
            List.of("actor", "method", "version", "input", "value", "switch", "ensemble", "combine", "split");

    private final Problems problems;

    TargetReader(Problems problems) {
        this.problems = problems;
    }

    private static List<String> and(String... more) {
        return Stream.concat(CALL.stream(), Stream.of(more)).toList();
    }

    Optional<Target> fallback(JsonNode node, String path) {
        return Fields.of(node, path, problems, and("value")).flatMap(this::read);
    }

    /** Of whatever has the fields of a target, among others. */
    Optional<Target> read(Fields fields) {
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() != 1) {
            problems.add(
                    fields.path(),
                    kinds.isEmpty() ? "does nothing" : "has " + String.join(" and ", kinds),
                    "Write one of: " + String.join(", ", KINDS) + ".");
            return Optional.empty();
        }
        String kind = kinds.get(0);
        for (String field : List.of("method", "version", "input")) {
            if (!kind.equals("actor") && fields.has(field)) {
                problems.add(fields.at(field), "goes with actor", "Write it where the actor is named.");
            }
        }
        if (!kind.equals("ensemble") && fields.has("combine")) {
            problems.add(fields.at("combine"), "goes with ensemble", "Take it away.");
        }
        return switch (kind) {
            case "actor" -> call(fields);
            case "value" -> expression(fields, "value").map(Compute::new);
            case "switch" -> choice(fields);
            case "ensemble" -> ensemble(fields);
            default -> split(fields);
        };
    }

    private Optional<Expression> expression(Fields fields, String name) {
        return fields.get(name).flatMap(node -> problems.expression(fields.at(name), node));
    }

    private Optional<Target> call(Fields fields) {
        String actor = name(fields, "actor", "");
        ActorNames.actorProblem(actor)
                .ifPresent(why -> problems.add(fields.at("actor"), "is no name of an actor", why));
        String method = name(fields, "method", MethodDescriptor.DEFAULT_NAME);
        ActorNames.methodProblem(method)
                .ifPresent(why -> problems.add(fields.at("method"), "is no name of a method", why));
        return Optional.of(new Call(actor, method, name(fields, "version", ""), expression(fields, "input")));
    }

    private String name(Fields fields, String field, String unlessSet) {
        return fields.get(field)
                .flatMap(node -> problems.text(fields.at(field), node))
                .orElse(unlessSet);
    }

    private Optional<Target> choice(Fields fields) {
        List<Choice.Case> cases = items(
                fields,
                "switch",
                and("value", "when"),
                (item, at) -> read(item).map(then -> {
                    return new Choice.Case(expression(item, "when"), then);
                }));
        for (int i = 0; i + 1 < cases.size(); i++) {
            if (cases.get(i).when().isEmpty()) {
                problems.add(
                        fields.at("switch") + "[" + (i + 1) + "]",
                        "is never reached, since the case before it has no condition",
                        "Put the case without 'when' last.");
                break;
            }
        }
        return Optional.of(new Choice(cases));
    }

    private Optional<Target> ensemble(Fields fields) {
        List<Ensemble.Member> members = items(
                fields,
                "ensemble",
                and("optional"),
                (item, at) -> call(item)
                        .map(target -> new Ensemble.Member(
                                (Call) target,
                                item.get("optional")
                                        .map(flag -> problems.flag(item.at("optional"), flag))
                                        .orElse(false))));
        return Optional.of(new Ensemble(members, expression(fields, "combine")));
    }

    private Optional<Target> split(Fields fields) {
        List<Split.Share> shares = items(
                fields,
                "split",
                and("value", "weight"),
                (item, at) -> read(item)
                        .map(to -> new Split.Share(
                                item.get("weight")
                                        .map(weight -> problems.whole(item.at("weight"), weight, 1, MOST_WEIGHT))
                                        .orElse(1),
                                to)));
        return Optional.of(new Split(shares));
    }

    private <T> List<T> items(
            Fields fields, String name, List<String> allowed, BiFunction<Fields, String, Optional<T>> read) {
        JsonNode list = fields.get(name).orElseThrow();
        List<T> items = new ArrayList<>();
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_BRANCHES) {
            problems.add(
                    fields.at(name),
                    list.isArray() ? "has " + list.size() + " entries" : Problems.shown(list),
                    "Write a list of 1 to " + MOST_BRANCHES + " entries, each with: " + String.join(", ", allowed)
                            + ".");
            return items;
        }
        for (int i = 0; i < list.size(); i++) {
            String at = fields.at(name) + "[" + i + "]";
            Fields.of(list.get(i), at, problems, allowed)
                    .flatMap(item -> read.apply(item, at))
                    .ifPresent(items::add);
        }
        return items;
    }
}
