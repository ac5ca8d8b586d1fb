package dev.sluice.router.pipeline.run;

import dev.sluice.common.actor.CallPath;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.report.QueryReport;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.Meta;
import dev.sluice.router.dispatch.ActorCalls;
import dev.sluice.router.dispatch.ComposedQuery;
import dev.sluice.router.pipeline.expression.ExpressionFailed;
import dev.sluice.router.pipeline.plan.Target;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one run has asked of actors, and what it holds of their results. Only in the run's drain, but for replies. */
final class OpenCalls implements Room {

    private static final Runnable NOTHING = () -> {};

    private final Run run;
    private final ActorCalls calls;
    private final Set<Call> open = new HashSet<>();
    private final AskedSteps asked = new AskedSteps();
    private Meta meta = new Meta("", "", "");
    private CallPath path = CallPath.NONE;
    private Map<String, String> headers = Map.of();
    private int priority;
    private @Nullable OpenSpan caller;
    private long held;
    private boolean closed;

    OpenCalls(Run run, ActorCalls calls) {
        this.run = run;
        this.calls = calls;
    }

    /** On whose behalf actors are asked. */
    void follow(ComposedQuery query, Meta callersMeta, CallPath callers) {
        meta = callersMeta;
        path = callers;
        headers = callers.over(callersMeta.headers());
        caller = query.span();
        priority = query.priority();
    }

    /**
     * @param optional whether the run can go on without it: then it is given up where it takes longer than it may
     * @return gives it up; its end is not told then
     */
    Runnable call(Target.Call to, long budgetNanos, boolean optional, Value input, String step, Consumer<Ended> then) {
        Call call = new Call(to, step, optional, run.now() + budgetNanos, then);
        String refusal = path.refusal(to.actor()).orElse(null);
        if (refusal != null) {
            then.accept(new Ended.Failed(new Failure(ErrorCode.FAILED, refusal)));
            return NOTHING;
        }
        Failure unwritten = write(input);
        if (unwritten != null) {
            then.accept(new Ended.Failed(unwritten));
            return NOTHING;
        }
        if (optional) {
            run.lookAt(call.untilNanos);
        }
        OpenSpan span = begun(to, step);
        call.span = span;
        Meta with = new Meta(input.mediaType(), meta.id(), meta.tenant(), headers(span));
        open.add(call);
        try {
            call.cancel = calls.call(
                    new ActorCalls.Request(
                            to.actor(), to.method(), to.version(), priority, budgetNanos, with, input.bytes(), span),
                    call);
        } catch (IllegalArgumentException e) {
            open.remove(call);
            call.told(ErrorCode.INVALID_INPUT);
            then.accept(new Ended.Failed(new Failure(ErrorCode.INVALID_INPUT, String.valueOf(e.getMessage()))));
        }
        return () -> giveUp(call);
    }

    private @Nullable OpenSpan begun(Target.Call to, String step) {
        OpenSpan run = caller;
        return run == null
                ? null
                : run.part("step " + step)
                        .with("sluice.tier", "router")
                        .with("sluice.actor", to.actor())
                        .with("sluice.method", to.method());
    }

    /** Who is asked sees the step as the one that asks. */
    private Map<String, String> headers(@Nullable OpenSpan span) {
        if (span == null) {
            return headers;
        }
        Map<String, String> own = new LinkedHashMap<>(headers);
        own.put(TraceContext.TRACEPARENT, span.context().traceparent());
        return own;
    }

    /** Sees to it that there are bytes of it, which count until the run ends if they have to be made. */
    @Nullable Failure write(Value value) {
        try {
            return take(value.write())
                    ? null
                    : new Failure(ErrorCode.OVERLOADED, "The router has no room for what the pipeline makes.");
        } catch (ExpressionFailed e) {
            return new Failure(ErrorCode.FAILED, e.sentence());
        }
    }

    @Override
    public boolean take(long bytes) {
        // What is taken after the end would never be given back.
        if (closed || !calls.take(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    private boolean giveUp(Call call) {
        boolean was = open.remove(call);
        if (was) {
            call.told(ErrorCode.CANCELLED);
            call.cancel.run();
        }
        return was;
    }

    /** Those end that the run can do without, and that have had their time. */
    void endLate(long now) {
        List<Call> late = open.stream()
                .filter(call -> call.optional && now - call.untilNanos >= 0)
                .toList();
        for (Call call : late) {
            if (giveUp(call)) {
                call.then.accept(new Ended.Failed(new Failure(
                        ErrorCode.EXPIRED,
                        "Step '" + call.step + "' (" + call.to.actor()
                                + "): It took longer than the SLO leaves for what the pipeline can do without.")));
            }
        }
    }

    /** When the first of those is late that the run can do without. */
    long firstLate(long otherwise) {
        long first = otherwise;
        for (Call call : open) {
            if (call.optional && call.untilNanos - first < 0) {
                first = call.untilNanos;
            }
        }
        return first;
    }

    /** Nobody waits any more; what comes now is dropped. */
    void cancelAll() {
        closed = true;
        open.forEach(call -> {
            call.told(ErrorCode.CANCELLED);
            call.cancel.run();
        });
        open.clear();
        calls.give(held);
        held = 0;
    }

    /** For who asked for the run, once it is over. */
    AskedSteps asked() {
        return asked;
    }

    private final class Call implements ActorCalls.Reply {
        private final Target.Call to;
        private final String step;
        private final boolean optional;
        private final long untilNanos;
        private final Consumer<Ended> then;
        private final long sinceNanos = run.now();
        private Runnable cancel = NOTHING;
        private volatile @Nullable QueryReport report;
        private @Nullable OpenSpan span;

        Call(Target.Call to, String step, boolean optional, long untilNanos, Consumer<Ended> then) {
            this.to = to;
            this.step = step;
            this.optional = optional;
            this.untilNanos = untilNanos;
            this.then = then;
        }

        @Override
        public void reported(QueryReport how) {
            report = how;
        }

        private void told(@Nullable ErrorCode code) {
            if (span != null) {
                span.end(code);
            }
            asked.ended(step, to, code, sinceNanos - run.arrivedNanos(), run.now() - sinceNanos, report);
        }

        @Override
        public void answered(String mediaType, byte[] body) {
            run.after(() -> ended(body.length, mediaType, body, null));
        }

        @Override
        public void failed(Failure failure) {
            run.after(() -> ended(0, "", new byte[0], failure));
        }

        private void ended(long bytes, String mediaType, byte[] body, @Nullable Failure failure) {
            if (closed || !open.remove(this)) {
                calls.give(bytes);
                return;
            }
            held += bytes;
            told(failure == null ? null : failure.code());
            then.accept(
                    failure == null
                            ? new Ended.Answered(
                                    Value.ofResult(mediaType, Unpooled.wrappedBuffer(body), to.actor(), OpenCalls.this))
                            : new Ended.Failed(told(failure)));
        }

        private Failure told(Failure failure) {
            // The caller's own actor is there: what is missing is one that it does not know of.
            ErrorCode code = failure.code() == ErrorCode.NOT_FOUND ? ErrorCode.UNAVAILABLE : failure.code();
            return new Failure(
                    code, "Step '" + step + "' (" + to.actor() + "): " + failure.message(), failure.retryAfterMillis());
        }
    }
}
