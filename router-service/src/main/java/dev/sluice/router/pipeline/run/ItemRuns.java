package dev.sluice.router.pipeline.run;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.router.pipeline.expression.ExpressionFailed;
import dev.sluice.router.pipeline.expression.Values;
import dev.sluice.router.pipeline.plan.Step;
import dev.sluice.router.pipeline.plan.StepNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A step that is laid over a list: some of its items at once, the others as those end. Only in the run's drain. */
final class ItemRuns {

    /** Does the step for one item. */
    interface Once {
        void begin(Values values, Value item, Consumer<Ended> then);
    }

    private final Run run;
    private final Step step;
    private final List<?> items;
    private final int parallel;
    private final Once once;
    private final Consumer<Ended> then;
    private final @Nullable Value[] results;
    private int next;
    private int done;
    private boolean over;
    private boolean beginning;

    ItemRuns(Run run, Step step, List<?> items, int parallel, Once once, Consumer<Ended> then) {
        this.run = run;
        this.step = step;
        this.items = items;
        this.parallel = parallel;
        this.once = once;
        this.then = then;
        this.results = new Value[items.size()];
    }

    /** Begins as many as may be; items that end at once are seen by this loop, and not by one within it. */
    void more() {
        if (beginning) {
            return;
        }
        beginning = true;
        while (!over && !run.isOver() && next < items.size() && next - done < parallel) {
            begin(next++);
        }
        beginning = false;
        if (!over && done == items.size()) {
            over = true;
            then.accept(all());
        }
    }

    private void begin(int index) {
        Object item = items.get(index);
        Values values = name ->
                name.equals(StepNames.ITEM) ? item : name.equals(StepNames.INDEX) ? (Object) index : run.get(name);
        once.begin(values, Value.of(item), ended -> ended(index, ended));
    }

    private void ended(int index, Ended how) {
        if (over) {
            return;
        }
        if (how instanceof Ended.Failed && !step.optional()) {
            over = true;
            then.accept(how);
            return;
        }
        results[index] = how instanceof Ended.Answered answered ? answered.value() : Value.NOTHING;
        done++;
        more();
    }

    private Ended all() {
        List<@Nullable Object> all = new ArrayList<>(results.length);
        try {
            for (Value result : results) {
                all.add(result == null ? null : result.tree());
            }
        } catch (ExpressionFailed e) {
            return new Ended.Failed(new Failure(ErrorCode.FAILED, "Step '" + step.name() + "': " + e.sentence()));
        }
        return new Ended.Answered(Value.of(all));
    }
}
