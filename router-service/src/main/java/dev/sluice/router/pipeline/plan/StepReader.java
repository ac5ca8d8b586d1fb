package dev.sluice.router.pipeline.plan;

import dev.sluice.router.pipeline.expression.Expression;
import dev.sluice.router.pipeline.plan.Step.Over;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads one step. */
final class StepReader {

    private static final List<String> FIELDS = Stream.concat(
                    TargetReader.FIELDS.stream(),
                    Stream.of("map", "parallel", "most", "when", "after", "optional", "fallback", "for-effect"))
            .toList();

    /**
     * A step, and what only matters beside the others.
     *
     * @param after names of steps that it is to come after, as written
     * @param forEffect whether it runs though nobody uses its result
     */
    record Read(Step step, List<String> after, boolean forEffect) {}

    private final Problems problems;
    private final TargetReader targets;

    StepReader(Problems problems) {
        this.problems = problems;
        this.targets = new TargetReader(problems);
    }

    Optional<Read> read(String name, JsonNode node, String path) {
        StepNames.problem(name).ifPresent(action -> problems.add(path, "is no name for a step", action));
        return Fields.of(node, path, problems, FIELDS).flatMap(fields -> read(name, fields));
    }

    private Optional<Read> read(String name, Fields fields) {
        Optional<Expression> when = expression(fields, "when");
        when.filter(condition -> condition.text().strip().equals("false"))
                .ifPresent(never -> problems.add(
                        fields.at("when"), "is false, so that the step never runs", "Take the step away."));
        Optional<Target> fallback =
                fields.get("fallback").flatMap(node -> targets.fallback(node, fields.at("fallback")));
        Optional<Over> over = over(fields);
        return targets.read(fields)
                .map(target -> new Read(
                        new Step(name, Set.of(), when, over, target, fallback, flag(fields, "optional")),
                        after(fields),
                        flag(fields, "for-effect")));
    }

    private Optional<Expression> expression(Fields fields, String name) {
        return fields.get(name).flatMap(node -> problems.expression(fields.at(name), node));
    }

    private boolean flag(Fields fields, String name) {
        return fields.get(name)
                .map(node -> problems.flag(fields.at(name), node))
                .orElse(false);
    }

    private Optional<Over> over(Fields fields) {
        for (String field : List.of("parallel", "most")) {
            if (fields.has(field) && !fields.has("map")) {
                problems.add(fields.at(field), "goes with map", "Take it away, or say over which list.");
            }
        }
        return expression(fields, "map")
                .map(items -> new Over(
                        items,
                        whole(fields, "parallel", Over.USUAL_PARALLEL, Over.MOST_PARALLEL),
                        whole(fields, "most", Over.USUAL_ITEMS, Over.MOST_ITEMS)));
    }

    private int whole(Fields fields, String name, int unlessSet, int most) {
        return fields.get(name)
                .map(node -> problems.whole(fields.at(name), node, 1, most))
                .orElse(unlessSet);
    }

    private List<String> after(Fields fields) {
        List<String> after = new ArrayList<>();
        fields.get("after").ifPresent(node -> {
            if (node.isArray()) {
                node.forEach(item -> problems.text(fields.at("after"), item).ifPresent(after::add));
            } else {
                problems.text(fields.at("after"), node).ifPresent(after::add);
            }
        });
        return after;
    }

    /** All expressions of a step, each with the names that are its own there, and where it stands. */
    record Placed(Expression expression, String field, Set<String> own) {}

    static List<Placed> expressions(Step step) {
        List<Placed> all = new ArrayList<>();
        Set<String> inItem = step.over().isPresent() ? Set.of(StepNames.ITEM, StepNames.INDEX) : Set.of();
        step.when().ifPresent(when -> all.add(new Placed(when, "when", Set.of())));
        step.over().ifPresent(over -> all.add(new Placed(over.items(), "map", Set.of())));
        collect(step.target(), "", inItem, all);
        step.fallback().ifPresent(target -> collect(target, "fallback.", inItem, all));
        return all;
    }

    private static void collect(Target target, String at, Set<String> own, List<Placed> into) {
        if (target instanceof Target.Call call) {
            call.input().ifPresent(input -> into.add(new Placed(input, at + "input", own)));
        } else if (target instanceof Target.Compute compute) {
            into.add(new Placed(compute.value(), at + "value", own));
        } else if (target instanceof Target.Choice choice) {
            for (int i = 0; i < choice.cases().size(); i++) {
                Target.Choice.Case one = choice.cases().get(i);
                String here = at + "switch[" + i + "].";
                one.when().ifPresent(when -> into.add(new Placed(when, here + "when", own)));
                collect(one.then(), here, own, into);
            }
        } else if (target instanceof Target.Ensemble ensemble) {
            for (int i = 0; i < ensemble.members().size(); i++) {
                collect(ensemble.members().get(i).call(), at + "ensemble[" + i + "].", own, into);
            }
            Set<String> withResults = new LinkedHashSet<>(own);
            withResults.add(StepNames.RESULTS);
            ensemble.combine().ifPresent(combine -> into.add(new Placed(combine, at + "combine", withResults)));
        } else if (target instanceof Target.Split split) {
            for (int i = 0; i < split.shares().size(); i++) {
                collect(split.shares().get(i).to(), at + "split[" + i + "].", own, into);
            }
        }
    }
}
