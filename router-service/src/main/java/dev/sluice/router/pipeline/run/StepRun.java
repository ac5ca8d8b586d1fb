package dev.sluice.router.pipeline.run;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.router.pipeline.expression.ExpressionFailed;
import dev.sluice.router.pipeline.plan.Step;
import dev.sluice.router.pipeline.plan.Target;
import java.util.List;
import java.util.function.Consumer;

/** One step of one run. Only in the run's drain. */
final class StepRun {

    private final Run run;
    private final Step step;
    private final int place;
    private int waitsFor;
    private boolean running;
    private Value result = Value.NOTHING;
    private long begunNanos;

    StepRun(Run run, Step step, int place) {
        this.run = run;
        this.step = step;
        this.place = place;
        this.waitsFor = step.needs().size();
    }

    Step step() {
        return step;
    }

    int place() {
        return place;
    }

    Value result() {
        return result;
    }

    void oneLess() {
        waitsFor--;
    }

    boolean isReady() {
        return waitsFor == 0 && begunNanos == 0;
    }

    boolean isRunning() {
        return running;
    }

    void begin() {
        // Nano times may be 0, once in a life.
        begunNanos = run.now() | 1;
        work();
    }

    private void work() {
        if (run.pauses(this::work)) {
            return;
        }
        running = true;
        if (step.when().isPresent()) {
            try {
                Object holds = step.when().get().evaluate(run);
                if (!Truth.of(holds)) {
                    running = false;
                    run.pipeline().metrics().stepSkipped(step.name());
                    run.ended(this);
                    return;
                }
            } catch (ExpressionFailed e) {
                ended(Ended.failed(step.when().get().text(), e));
                return;
            }
        }
        if (!step.optional() && step.fallback().isEmpty()) {
            run.watch(place);
        }
        if (step.over().isPresent()) {
            over(step.over().get());
        } else {
            once(run, run.input(), this::ended);
        }
    }

    private void over(Step.Over over) {
        Object items;
        try {
            items = run.evaluate(over.items()).tree();
        } catch (ExpressionFailed e) {
            ended(Ended.failed(over.items().text(), e));
            return;
        }
        List<?> list = items == null ? List.of() : items instanceof List<?> many ? many : List.of(items);
        if (list.size() > over.most()) {
            ended(new Ended.Failed(new Failure(
                    ErrorCode.INVALID_INPUT,
                    "Step '" + step.name() + "' is laid over " + list.size() + " items, and may be over " + over.most()
                            + ".")));
            return;
        }
        new ItemRuns(run, step, list, over.parallel(), this::once, this::ended).more();
    }

    /** For one item, or for the step as a whole. */
    private void once(Scope values, Value usual, Consumer<Ended> then) {
        TargetRun last = new TargetRun(run, step.name(), place, step.optional(), 0, values, usual);
        if (step.fallback().isEmpty()) {
            last.begin(step.target(), then);
            return;
        }
        Target instead = step.fallback().get();
        long takes = StepTimes.of(run.pipeline().calls()).usual(instead);
        new TargetRun(run, step.name(), place, true, takes, values, usual).begin(step.target(), first -> {
            if (first instanceof Ended.Failed && !run.isOver()) {
                last.begin(instead, then);
            } else {
                then.accept(first);
            }
        });
    }

    private void ended(Ended how) {
        if (!running || run.isOver()) {
            return;
        }
        running = false;
        long took = run.now() - begunNanos;
        if (how instanceof Ended.Failed failed) {
            run.pipeline().metrics().stepEnded(step.name(), failed.failure().code(), took);
            if (!step.optional()) {
                run.fail(failed.failure());
                return;
            }
        } else if (how instanceof Ended.Answered answered) {
            run.pipeline().metrics().stepEnded(step.name(), null, took);
            result = answered.value();
        }
        run.ended(this);
    }
}
