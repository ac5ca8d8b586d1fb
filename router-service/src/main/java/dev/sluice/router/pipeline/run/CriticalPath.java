package dev.sluice.router.pipeline.run;

import dev.sluice.router.dispatch.ActorCalls;
import dev.sluice.router.pipeline.plan.Pipeline;
import dev.sluice.router.pipeline.plan.Target;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How long is left of a pipeline once a step has ended: the longest way from there to the end, by the times that actors usually take.
 * What nobody knows counts as nothing.
 *
 * @param afterNanos of each step, in the pipeline's order
 * @param allNanos from the beginning
 */
record CriticalPath(List<Long> afterNanos, long allNanos) {

    static CriticalPath of(Pipeline pipeline, List<List<Integer>> followers, ActorCalls calls) {
        return of(pipeline, followers, typical(calls));
    }

    static CriticalPath of(Pipeline pipeline, List<List<Integer>> followers, ToLongFunction<Target.Call> typical) {
        int count = pipeline.steps().size();
        Long[] after = new Long[count];
        long all = 0;
        // Each step is before its followers.
        for (int i = count - 1; i >= 0; i--) {
            long longest = 0;
            for (int follower : followers.get(i)) {
                longest = Math.max(longest, nanos(pipeline.steps().get(follower).target(), typical) + after[follower]);
            }
            after[i] = longest;
            all = Math.max(all, nanos(pipeline.steps().get(i).target(), typical) + longest);
        }
        return new CriticalPath(List.of(after), all);
    }

    static ToLongFunction<Target.Call> typical(ActorCalls calls) {
        return call -> calls.typicalNanos(call.actor(), call.method(), call.version());
    }

    /** Of several branches, the longest. */
    static long nanos(Target target, ToLongFunction<Target.Call> typical) {
        if (target instanceof Target.Call call) {
            return typical.applyAsLong(call);
        }
        if (target instanceof Target.Choice choice) {
            return choice.cases().stream()
                    .mapToLong(one -> nanos(one.then(), typical))
                    .max()
                    .orElse(0);
        }
        if (target instanceof Target.Split split) {
            return split.shares().stream()
                    .mapToLong(share -> nanos(share.to(), typical))
                    .max()
                    .orElse(0);
        }
        if (target instanceof Target.Ensemble ensemble) {
            return ensemble.members().stream()
                    .mapToLong(member -> nanos(member.call(), typical))
                    .max()
                    .orElse(0);
        }
        return 0;
    }
}
