package dev.sluice.router.pipeline.run;

import dev.sluice.router.pipeline.plan.Pipeline;
import dev.sluice.router.pipeline.plan.Step;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How long is left of a pipeline once a step has ended: the longest way from there to the end.
 *
 * @param stepNanos what each step takes, in the pipeline's order
 * @param afterNanos what comes after each takes
 * @param allNanos from the beginning
 */
record CriticalPath(List<Long> stepNanos, List<Long> afterNanos, long allNanos) {

    static CriticalPath of(Pipeline pipeline, List<List<Integer>> followers, ToLongFunction<Step> takes) {
        List<Long> each = pipeline.steps().stream().map(takes::applyAsLong).toList();
        Long[] after = new Long[each.size()];
        long all = 0;
        // Each step is before its followers.
        for (int i = after.length - 1; i >= 0; i--) {
            long longest = 0;
            for (int follower : followers.get(i)) {
                longest = Math.max(longest, each.get(follower) + after[follower]);
            }
            after[i] = longest;
            all = Math.max(all, each.get(i) + longest);
        }
        return new CriticalPath(each, List.of(after), all);
    }
}
