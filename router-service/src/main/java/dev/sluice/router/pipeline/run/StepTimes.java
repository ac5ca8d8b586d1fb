package dev.sluice.router.pipeline.run;

import dev.sluice.router.dispatch.ActorCalls;
import dev.sluice.router.pipeline.plan.Step;
import dev.sluice.router.pipeline.plan.Target;
import java.util.function.ToLongFunction;

/**
 * What steps take, by the times that actors usually take. What nobody knows counts as nothing.
 *
 * @param usual of a call
 * @param least of a call: less than usual where a pipeline is called that may leave steps out
 */
record StepTimes(ToLongFunction<Target.Call> usual, ToLongFunction<Target.Call> least) {

    static final StepTimes UNKNOWN = new StepTimes(call -> 0, call -> 0);

    static StepTimes of(ActorCalls calls) {
        return new StepTimes(
                call -> calls.typicalNanos(call.actor(), call.method(), call.version()),
                call -> calls.leastNanos(call.actor(), call.method(), call.version()));
    }

    /** Where it does all that it may have to do: of several branches, the longest. */
    long usual(Target target) {
        if (target instanceof Target.Call call) {
            return usual.applyAsLong(call);
        }
        if (target instanceof Target.Choice choice) {
            return choice.cases().stream()
                    .mapToLong(one -> usual(one.then()))
                    .max()
                    .orElse(0);
        }
        if (target instanceof Target.Split split) {
            return split.shares().stream()
                    .mapToLong(share -> usual(share.to()))
                    .max()
                    .orElse(0);
        }
        if (target instanceof Target.Ensemble ensemble) {
            return ensemble.members().stream()
                    .mapToLong(member -> usual(member.call()))
                    .max()
                    .orElse(0);
        }
        return 0;
    }

    long usual(Step step) {
        return usual(step.target());
    }

    /** What no query can do without. A list that a step is laid over may be empty. */
    long least(Step step) {
        if (step.optional() || step.when().isPresent() || step.over().isPresent()) {
            return 0;
        }
        long takes = least(step.target());
        return step.fallback().map(instead -> Math.min(takes, least(instead))).orElse(takes);
    }

    /** Of several branches, the shortest, and that is none at all where no case need hold. */
    private long least(Target target) {
        if (target instanceof Target.Call call) {
            return least.applyAsLong(call);
        }
        if (target instanceof Target.Choice choice) {
            boolean always = choice.cases().stream().anyMatch(one -> one.when().isEmpty());
            return !always
                    ? 0
                    : choice.cases().stream()
                            .mapToLong(one -> least(one.then()))
                            .min()
                            .orElse(0);
        }
        if (target instanceof Target.Split split) {
            return split.shares().stream()
                    .mapToLong(share -> least(share.to()))
                    .min()
                    .orElse(0);
        }
        if (target instanceof Target.Ensemble ensemble) {
            return ensemble.members().stream()
                    .filter(member -> !member.optional())
                    .mapToLong(member -> least(member.call()))
                    .max()
                    .orElse(0);
        }
        return 0;
    }
}
