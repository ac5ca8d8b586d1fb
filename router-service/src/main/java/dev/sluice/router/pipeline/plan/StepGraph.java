package dev.sluice.router.pipeline.plan;

import dev.sluice.common.text.NearestName;
import dev.sluice.router.pipeline.expression.Expression;
import dev.sluice.router.pipeline.expression.Functions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which steps need which: what they refer to, and what they are to come after. */
final class StepGraph {

    private final Map<String, StepReader.Read> steps;
    private final Map<String, Set<String>> needs = new LinkedHashMap<>();
    private final Problems problems;
    private final Set<String> wanted = new LinkedHashSet<>();

    StepGraph(Map<String, StepReader.Read> steps, Problems problems) {
        this.steps = steps;
        this.problems = problems;
        steps.forEach((name, read) -> {
            String path = PipelineReader.FIELD + ".steps." + name;
            Set<String> needed = new LinkedHashSet<>();
            for (StepReader.Placed placed : StepReader.expressions(read.step())) {
                refer(placed.expression(), name, path + "." + placed.field(), placed.own(), needed);
            }
            for (String after : read.after()) {
                if (steps.containsKey(after)) {
                    needed.add(after);
                } else {
                    problems.add(path + ".after", "names " + after + ", which is no step", nearest(after));
                }
            }
            needs.put(name, needed);
            if (read.forEffect()) {
                wanted.add(name);
            }
        });
    }

    private void refer(Expression expression, String self, String field, Set<String> own, Set<String> into) {
        // Whether they are meant is not sure; to wait for one in vain only costs time.
        expression.hidden().stream()
                .filter(name -> steps.containsKey(name) && !name.equals(self))
                .forEach(into::add);
        for (String name : expression.references()) {
            if (steps.containsKey(name)) {
                into.add(name);
            } else if (!isKnown(name, own)) {
                problems.add(field, "refers to $" + name + ", which is no step", nearest(name));
            }
        }
    }

    private static boolean isKnown(String name, Set<String> own) {
        return name.isEmpty()
                || name.equals("$")
                || name.equals(StepNames.INPUT)
                || own.contains(name)
                || Functions.contains(name);
    }

    private String nearest(String name) {
        List<String> names = new ArrayList<>(steps.keySet());
        names.add(StepNames.INPUT);
        return NearestName.of(name, names)
                .map(near -> "Did you mean " + near + "?")
                .orElse("There are: " + String.join(", ", names) + ".");
    }

    /** Steps that no other uses, but for those that run for what they do. */
    Set<String> last() {
        Set<String> last = new LinkedHashSet<>(steps.keySet());
        needs.values().forEach(last::removeAll);
        last.removeAll(wanted);
        return last;
    }

    /** What the result of all is made by. */
    void endsWith(Expression output) {
        refer(output, "", PipelineReader.FIELD + ".output", Set.of(), wanted);
        Set<String> used = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(wanted);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (used.add(name)) {
                open.addAll(needs.getOrDefault(name, Set.of()));
            }
        }
        for (String name : steps.keySet()) {
            if (!used.contains(name)) {
                problems.add(
                        PipelineReader.FIELD + ".steps." + name,
                        "is used by nothing",
                        "Refer to $" + name + " in the output or in a step, take it away, or write 'for-effect: true'"
                                + " where it is to run nevertheless.");
            }
        }
    }

    /** Each after those that it needs, as early as it was written. */
    List<Step> inOrder() {
        List<Step> ordered = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Set<String>> step : needs.entrySet()) {
                if (!done.contains(step.getKey()) && done.containsAll(step.getValue())) {
                    done.add(step.getKey());
                    ordered.add(needing(step.getKey(), step.getValue()));
                    more = true;
                }
            }
        }
        if (done.size() < steps.size()) {
            List<String> cycle = cycle(done);
            problems.add(
                    PipelineReader.FIELD + ".steps." + cycle.get(0),
                    "waits for itself: " + String.join(" needs ", cycle),
                    "Take away one of these references.");
        }
        return ordered;
    }

    private Step needing(String name, Set<String> needed) {
        Step step = Objects.requireNonNull(steps.get(name)).step();
        return new Step(name, needed, step.when(), step.over(), step.target(), step.fallback(), step.optional());
    }

    /** Every step that is left needs another that is left: who goes on long enough meets one twice. */
    private List<String> cycle(Set<String> done) {
        List<String> way = new ArrayList<>();
        String at = steps.keySet().stream()
                .filter(name -> !done.contains(name))
                .findFirst()
                .orElseThrow();
        while (!way.contains(at)) {
            way.add(at);
            at = needs.getOrDefault(at, Set.of()).stream()
                    .filter(name -> !done.contains(name))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> cycle = new ArrayList<>(way.subList(way.indexOf(at), way.size()));
        cycle.add(at);
        return cycle;
    }
}
