package dev.sluice.router.pipeline.run;

import dev.sluice.common.actor.CallPath;
import dev.sluice.common.concurrent.DrainLoop;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferMedia;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.TextModel;
import dev.sluice.common.wire.FrameException;
import dev.sluice.common.wire.Meta;
import dev.sluice.router.dispatch.ComposedQuery;
import dev.sluice.router.pipeline.expression.ExpressionFailed;
import dev.sluice.router.pipeline.plan.Step;
import dev.sluice.router.pipeline.plan.StepNames;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One query of a pipeline, from its arrival to its end. What happens to it is left in its inbox, by any thread; all else belongs to its
 * drain.
 */
final class Run extends DrainLoop implements Scope {

    private static final Logger log = LoggerFactory.getLogger(Run.class);
    private static final int CHUNK = 16;

    /** What is left for all else where a step is given up: the time is not looked at all the time. */
    private static final long LEAST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long MOST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How long a run may reckon while others wait for its thread. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final PipelineActor pipeline;
    private final ComposedQuery query;
    private final Queue<Runnable> inbox = new MpscUnboundedArrayQueue<>(CHUNK);
    private final OpenCalls open;
    private final StepRun[] steps;
    private final Ways ways;
    private Value input = Value.NOTHING;

    /** Where it was asked with tensors, and is answered so. */
    private TextModel.@Nullable Query tensors;

    private int left;
    private boolean over;
    private boolean probing;
    private long turnNanos;
    private volatile long stopNanos;
    private volatile boolean cancelled;
    private volatile boolean lateIsLeft;

    Run(PipelineActor pipeline, ComposedQuery query) {
        super(pipeline.threads());
        this.pipeline = pipeline;
        this.query = query;
        this.ways = pipeline.ways(query.arrivedNanos());
        this.open = new OpenCalls(this, pipeline.calls().onBehalfOf(query));
        this.stopNanos = query.deadlineNanos();
        List<Step> all = pipeline.pipeline().steps();
        this.steps = new StepRun[all.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new StepRun(this, all.get(i), i);
        }
        this.left = steps.length;
    }

    void begin() {
        after(this::first);
    }

    /** Any thread: its caller is gone. */
    void cancel() {
        cancelled = true;
        after(() -> {
            if (stop()) {
                query.cancelled();
            }
        });
    }

    /** Any thread. */
    void stopIfLate(long now) {
        if (now - stopNanos >= 0 && !lateIsLeft) {
            lateIsLeft = true;
            after(this::late);
        }
    }

    /**
     * To be asked before each piece of work that may take its time: true where that has to wait for what others have left here, or for
     * other runs. Then the action is taken after those, unless the run has ended.
     */
    boolean pauses(Runnable goOn) {
        if (over || cancelled) {
            return true;
        }
        long now = now();
        if (now - stopNanos >= 0) {
            stopIfLate(now);
            after(goOn);
            return true;
        }
        if (now - turnNanos >= TURN_NANOS) {
            pipeline.threads().execute(() -> after(goOn));
            return true;
        }
        return false;
    }

    /** Any thread: the action is taken in this run's drain. */
    void after(Runnable action) {
        inbox.offer(action);
        wake();
    }

    @Override
    protected void drain() {
        turnNanos = now();
        for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
            try {
                // What comes after the end only gives back what it brought.
                next.run();
            } catch (RuntimeException | Error fault) {
                broken(fault);
            }
        }
    }

    /** What was to go on is lost, and would be waited for in vain: who waits is told, and what the run holds is given back. */
    private void broken(Throwable fault) {
        String name = pipeline.descriptor().name();
        log.error("A fault in a run of the pipeline '{}', which fails.", name, fault);
        Failure failure = new Failure(
                ErrorCode.FAILED,
                fault instanceof OutOfMemoryError
                        ? "The router had too little memory for '" + name + "'."
                        : "The pipeline '" + name + "' failed for a fault in the router, whose log has it.");
        try {
            stop();
        } finally {
            query.fail(failure);
        }
    }

    private void first() {
        try {
            Meta meta = query.meta();
            CallPath path = CallPath.of(meta);
            String name = pipeline.descriptor().name();
            String refusal = path.refusal(name).orElse(null);
            if (refusal != null) {
                fail(new Failure(ErrorCode.FAILED, refusal));
                return;
            }
            open.follow(query, meta, path.then(name, CallPath.Waits.FREE));
            input = input(meta);
        } catch (QueryException e) {
            fail(e.failure());
            return;
        } catch (FrameException e) {
            fail(new Failure(ErrorCode.INVALID_INPUT, "The query's headers are damaged: " + e.getMessage()));
            return;
        }
        for (StepRun step : steps) {
            if (!over && step.isReady()) {
                step.begin();
            }
        }
        if (left == 0 && !over) {
            finish();
        }
    }

    private Value input(Meta meta) {
        String mediaType = meta.mediaType();
        if (!InferMedia.isRequest(mediaType)) {
            return Value.ofInput(mediaType, query.body(), open);
        }
        TextModel.Query asked = TextModel.read(query.body(), mediaType);
        tensors = asked;
        return Value.ofInput(asked.mediaType(), asked.body(), open);
    }

    /** A step has ended, and those wait no longer that needed it. */
    void ended(StepRun step) {
        if (over) {
            return;
        }
        for (int follower : pipeline.followers().get(step.place())) {
            steps[follower].oneLess();
        }
        left--;
        for (int follower : pipeline.followers().get(step.place())) {
            if (!over && steps[follower].isReady()) {
                steps[follower].begin();
            }
        }
        if (left == 0 && !over) {
            finish();
        }
    }

    private void finish() {
        try {
            Value result = evaluate(pipeline.pipeline().output());
            Failure unwritten = open.write(result);
            if (unwritten != null) {
                fail(unwritten);
                return;
            }
            InferResult answer = answer(result);
            if (stop()) {
                query.answer(answer.mediaType(), answer.body());
            } else {
                answer.body().release();
            }
        } catch (QueryException e) {
            fail(e.failure());
        } catch (ExpressionFailed e) {
            fail(e.failure("The output of '" + pipeline.descriptor().name() + "'"));
        }
    }

    private InferResult answer(Value result) {
        TextModel.Query asked = tensors;
        return asked == null
                ? new InferResult(result.bytes().retain(), result.mediaType())
                : pipeline.model().write(asked, result.bytes());
    }

    void fail(Failure failure) {
        if (stop()) {
            query.fail(failure);
        }
    }

    /** False where it has ended before. Whatever still runs for it is cancelled. */
    private boolean stop() {
        if (over) {
            return false;
        }
        over = true;
        open.cancelAll();
        query.madeOf(open.asked().told(), open.asked().leftOut());
        pipeline.ended(this);
        return true;
    }

    boolean isOver() {
        return over;
    }

    /** What a step may take that the run can do without, or do something else instead, so that this begins in time. */
    long budgetOf(int place, long insteadNanos) {
        long budget = budgetOf(place);
        long slo = query.deadlineNanos() - query.arrivedNanos();
        long rest = Math.min(Math.min(Math.max(slo / 10, LEAST_REST_NANOS), MOST_REST_NANOS), slo / 2);
        return budget - rest - Math.min(insteadNanos, Math.max(0, (budget - rest) / 2));
    }

    /** Looked at once more here, since steps may have ended in between. */
    private void late() {
        lateIsLeft = false;
        long now = now();
        if (!over && now - query.deadlineNanos() < 0) {
            open.endLate(now);
        }
        long until = open.firstLate(query.deadlineNanos());
        for (StepRun step : steps) {
            if (step.isRunning()
                    && !step.step().optional()
                    && step.step().fallback().isEmpty()) {
                until = Math.min(until - now, deadlineOf(step.place()) - now) + now;
            }
        }
        stopNanos = until;
        if (over || now - until < 0) {
            return;
        }
        if (now - query.deadlineNanos() < 0 && mayProbe(now)) {
            stopNanos = open.firstLate(query.deadlineNanos());
            return;
        }
        fail(new Failure(
                ErrorCode.EXPIRED,
                now - query.deadlineNanos() >= 0
                        ? "The SLO passed while the pipeline ran."
                        : "The steps that were left would have taken longer than the SLO allows."));
    }

    private boolean mayProbe(long now) {
        probing |= pipeline.probes(now);
        return probing;
    }

    /** When a step has to have ended: what comes after it in any case is taken off. */
    long deadlineOf(int place) {
        return probing
                ? query.deadlineNanos()
                : query.deadlineNanos() - ways.least().afterNanos().get(place);
    }

    /** What a step may take; 0 or less where it cannot make it any more. */
    long budgetOf(int place) {
        long now = now();
        long left = query.deadlineNanos() - now;
        long budget = probing ? left : ways.budget(place, left);
        return budget <= 0 && left > 0 && mayProbe(now) ? left : budget;
    }

    /** A required step has begun, and has to have ended by its deadline. */
    void watch(int place) {
        lookAt(deadlineOf(place));
    }

    /** Something may have to be stopped then. */
    void lookAt(long deadline) {
        if (deadline - stopNanos < 0) {
            stopNanos = deadline;
        }
    }

    long arrivedNanos() {
        return query.arrivedNanos();
    }

    long now() {
        return pipeline.calls().now();
    }

    @Override
    public @Nullable Value whole(String name) {
        if (name.isEmpty() || name.equals(StepNames.INPUT)) {
            return input;
        }
        Integer place = pipeline.places().get(name);
        return place == null ? null : steps[place].result();
    }

    Value input() {
        return input;
    }

    OpenCalls open() {
        return open;
    }

    PipelineActor pipeline() {
        return pipeline;
    }
}
