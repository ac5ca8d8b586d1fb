package dev.sluice.router.pipeline.run;

import dev.sluice.router.pipeline.expression.ExpressionFailed;
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
        void begin(Scope values, Value item, Consumer<Ended> then);
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
    private boolean paused;

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
        if (beginning || paused) {
            return;
        }
        beginning = true;
        while (!over && next < items.size() && next - done < parallel) {
            if (run.pauses(this::goOn)) {
                paused = true;
                break;
            }
            begin(next++);
        }
        beginning = false;
        if (!over && done == items.size()) {
            over = true;
            then.accept(all());
        }
    }

    private void goOn() {
        paused = false;
        more();
    }

    private void begin(int index) {
        Value item = Value.of(items.get(index));
        Scope values = name ->
                name.equals(StepNames.ITEM) ? item : name.equals(StepNames.INDEX) ? Value.of(index) : run.whole(name);
        once.begin(values, item, ended -> ended(index, ended));
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
                // As in an ensemble: most functions take no list with a null in it.
                if (result != null && result != Value.NOTHING) {
                    all.add(result.tree());
                }
            }
        } catch (ExpressionFailed e) {
            return new Ended.Failed(e.failure("Step '" + step.name() + "'"));
        }
        return new Ended.Answered(Value.of(all));
    }
}
