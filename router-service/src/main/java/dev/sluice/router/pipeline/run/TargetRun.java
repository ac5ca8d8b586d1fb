package dev.sluice.router.pipeline.run;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.placement.SplitMix;
import dev.sluice.router.pipeline.expression.Expression;
import dev.sluice.router.pipeline.expression.ExpressionFailed;
import dev.sluice.router.pipeline.expression.Values;
import dev.sluice.router.pipeline.plan.StepNames;
import dev.sluice.router.pipeline.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what a step is to do, once. Only in the run's drain.
 *
 * @param step its name
 * @param place in the pipeline
 * @param values what expressions see
 * @param optional whether the run can do without it
 * @param insteadNanos what is done where it fails usually takes
 * @param usual what actors are asked where nothing else is said
 */
record TargetRun(Run run, String step, int place, boolean optional, long insteadNanos, Scope values, Value usual) {

    void begin(Target target, Consumer<Ended> then) {
        if (target instanceof Target.Call call) {
            call(call, optional, then);
        } else if (target instanceof Target.Compute compute) {
            then.accept(evaluated(compute.value()));
        } else if (target instanceof Target.Choice choice) {
            choose(choice, then);
        } else if (target instanceof Target.Split split) {
            begin(chosen(split), then);
        } else if (target instanceof Target.Ensemble ensemble) {
            ask(ensemble, then);
        }
    }

    private Ended evaluated(Expression expression) {
        try {
            return new Ended.Answered(values.evaluate(expression));
        } catch (ExpressionFailed e) {
            return Ended.failed(expression.text(), e);
        }
    }

    /** @return gives it up */
    private Runnable call(Target.Call call, boolean canGoOn, Consumer<Ended> then) {
        Value asked = usual;
        if (call.input().isPresent()) {
            Ended made = evaluated(call.input().get());
            if (!(made instanceof Ended.Answered answered)) {
                then.accept(made);
                return () -> {};
            }
            asked = answered.value();
        }
        long budget = canGoOn ? run.budgetOf(place, insteadNanos) : run.budgetOf(place);
        if (budget <= 0) {
            then.accept(new Ended.Failed(new Failure(
                    ErrorCode.EXPIRED,
                    "Step '" + step + "' did not begin: it and what comes after it would have taken longer than the SLO"
                            + " allows.")));
            return () -> {};
        }
        return run.open().call(call, budget, canGoOn, asked, step, then);
    }

    private void choose(Target.Choice choice, Consumer<Ended> then) {
        for (Target.Choice.Case one : choice.cases()) {
            if (one.when().isEmpty()) {
                begin(one.then(), then);
                return;
            }
            Expression when = one.when().get();
            try {
                if (Truth.of(when.evaluate(values))) {
                    begin(one.then(), then);
                    return;
                }
            } catch (ExpressionFailed e) {
                then.accept(Ended.failed(when.text(), e));
                return;
            }
        }
        then.accept(Ended.NOTHING);
    }

    /** Mixed, so that no pattern of arrivals meets one of turns. */
    private Target chosen(Target.Split split) {
        long point = Math.floorMod(SplitMix.mixed(run.pipeline().turn() * SplitMix.GAMMA), (long) split.sum());
        for (Target.Split.Share share : split.shares()) {
            point -= share.weight();
            if (point < 0) {
                return share.to();
            }
        }
        return split.shares().get(0).to();
    }

    private void ask(Target.Ensemble ensemble, Consumer<Ended> then) {
        int count = ensemble.members().size();
        Ended[] all = new Ended[count];
        int[] left = {count};
        boolean[] failed = {false};
        List<Runnable> begun = new ArrayList<>(count);
        for (int i = 0; i < count && !failed[0]; i++) {
            int member = i;
            boolean without = ensemble.members().get(i).optional();
            begun.add(call(ensemble.members().get(i).call(), optional || without, ended -> {
                if (failed[0]) {
                    return;
                }
                all[member] = ended instanceof Ended.Failed && without ? Ended.NOTHING : ended;
                if (all[member] instanceof Ended.Failed) {
                    failed[0] = true;
                    begun.forEach(Runnable::run);
                    then.accept(all[member]);
                } else if (--left[0] == 0) {
                    then.accept(combined(ensemble, all));
                }
            }));
        }
    }

    private Ended combined(Target.Ensemble ensemble, Ended[] all) {
        try {
            List<@Nullable Object> results = new ArrayList<>(all.length);
            for (Ended one : all) {
                // One that has none is not combined: to most functions, nothing is no value.
                if (one instanceof Ended.Answered answered && answered.value() != Value.NOTHING) {
                    results.add(answered.value().tree());
                }
            }
            if (ensemble.combine().isEmpty()) {
                return new Ended.Answered(Value.of(results));
            }
            Expression combine = ensemble.combine().get();
            try {
                Values with = name -> name.equals(StepNames.RESULTS) ? results : values.get(name);
                return new Ended.Answered(Value.of(combine.evaluate(with)));
            } catch (ExpressionFailed e) {
                return Ended.failed(combine.text(), e);
            }
        } catch (ExpressionFailed e) {
            return new Ended.Failed(e.failure("Step '" + step + "'"));
        }
    }
}
