package dev.sluice.common.tracing;

import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.trace.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spans of a tracer. Its own thread exports them; what it cannot hold is dropped. */
public final class OtelSpans implements Spans {

    private final Tracer tracer;

    /** @param tracer whose sampler follows callers */
    public OtelSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public @Nullable OpenSpan accept(String name, TraceContext caller) {
        if (!caller.isNone() && !caller.sampled()) {
            return null;
        }
        Span span = start(name, caller, SpanKind.SERVER);
        // Where the caller says nothing the sampler decides, and no other tier is asked again.
        return span.isRecording() ? new Open(span, caller.tracestate()) : null;
    }

    @Override
    public @Nullable OpenSpan join(String name, TraceContext caller) {
        return caller.sampled() ? new Open(start(name, caller, SpanKind.INTERNAL), caller.tracestate()) : null;
    }

    private Span start(String name, TraceContext caller, SpanKind kind) {
        SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind);
        if (caller.isNone()) {
            span.setNoParent();
        } else {
            span.setParent(Context.root().with(Span.wrap(remote(caller))));
        }
        return span.startSpan();
    }

    private static SpanContext remote(TraceContext caller) {
        return SpanContext.createFromRemoteParent(
                caller.traceId(),
                caller.spanId(),
                caller.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                state(caller.tracestate()));
    }

    /** As far as it can be read: it is passed on as it came, whatever that is. */
    private static TraceState state(String text) {
        if (text.isEmpty()) {
            return TraceState.getDefault();
        }
        TraceStateBuilder state = TraceState.builder();
        List<String> members = List.of(text.split(","));
        for (int i = members.size() - 1; i >= 0; i--) {
            int equals = members.get(i).indexOf('=');
            if (equals > 0) {
                state.put(
                        members.get(i).substring(0, equals).strip(),
                        members.get(i).substring(equals + 1).strip());
            }
        }
        return state.build();
    }

    private final class Open extends OtelSpan {

        Open(Span span, String tracestate) {
            super(span, tracestate);
        }

        @Override
        public OpenSpan part(String name, List<OpenSpan> together) {
            SpanBuilder part = tracer.spanBuilder(name)
                    .setSpanKind(SpanKind.INTERNAL)
                    .setParent(Context.root().with(span()));
            for (OpenSpan other : together) {
                if (other instanceof OtelSpan linked) {
                    part.addLink(linked.span().getSpanContext());
                }
            }
            return new Open(part.startSpan(), tracestate());
        }
    }
}
