package dev.sluice.router.pipeline.plan;

import dev.sluice.router.pipeline.expression.Expression;
import java.util.Optional;
import java.util.Set;

/**
 * One step.
 *
 * @param name as expressions refer to its result, {@code $name}
 * @param needs the steps that end before it begins
 * @param when the step is left out where this is false; its result is nothing then
 * @param over the step is taken once for each item of a list
 * @param target what it does
 * @param fallback what it does instead where that failed
 * @param optional whether the pipeline goes on without its result where it failed
 */
public record Step(
        String name,
        Set<String> needs,
        Optional<Expression> when,
        Optional<Over> over,
        Target target,
        Optional<Target> fallback,
        boolean optional) {

    public Step {
        needs = Set.copyOf(needs);
    }

    /**
     * A list that a step is laid over; its result is the list of results, in the same order.
     *
     * @param items the list
     * @param parallel how many items are under way at once
     * @param most how many items there may be
     */
    public record Over(Expression items, int parallel, int most) {

        public static final int USUAL_PARALLEL = 16;
        public static final int MOST_PARALLEL = 1_000;
        public static final int USUAL_ITEMS = 1_000;
        public static final int MOST_ITEMS = 100_000;
    }
}
