package dev.sluice.router.pipeline.plan;

import dev.sluice.router.pipeline.expression.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pipeline consists of.
 *
 * @param steps each after those that it needs
 * @param output makes its result of those of its steps
 */
public record Pipeline(List<Step> steps, Expression output) {

    public static final int MOST_STEPS = 200;

    public Pipeline {
        steps = List.copyOf(steps);
    }

    /** The places of steps in {@link #steps}, by name. */
    public Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            places.put(steps.get(i).name(), i);
        }
        return places;
    }

    /** Of each step, the places of those that wait for it. */
    public List<List<Integer>> followers() {
        Map<String, Integer> places = places();
        List<List<Integer>> followers = new ArrayList<>();
        steps.forEach(step -> followers.add(new ArrayList<>()));
        for (int i = 0; i < steps.size(); i++) {
            for (String needed : steps.get(i).needs()) {
                followers.get(places.getOrDefault(needed, i)).add(i);
            }
        }
        return followers;
    }

    /** All that a step may ask, its fallback's too. */
    public static List<Target.Call> calls(Step step) {
        return PlacedCall.of(step).stream().map(PlacedCall::call).toList();
    }
}
