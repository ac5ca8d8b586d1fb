package dev.sluice.common.tracing;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.trace.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/** A span of OpenTelemetry. */
abstract class OtelSpan implements OpenSpan {

    private static final String CODE = "sluice.code";

    private final Span span;
    private final String tracestate;

    OtelSpan(Span span, String tracestate) {
        this.span = span;
        this.tracestate = tracestate;
    }

    Span span() {
        return span;
    }

    String tracestate() {
        return tracestate;
    }

    @Override
    public TraceContext context() {
        SpanContext context = span.getSpanContext();
        return new TraceContext(
                "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex(),
                tracestate);
    }

    @Override
    public OpenSpan with(String key, String value) {
        span.setAttribute(key, value);
        return this;
    }

    @Override
    public OpenSpan with(String key, long value) {
        span.setAttribute(key, value);
        return this;
    }

    @Override
    public void end(@Nullable ErrorCode code) {
        if (code != null) {
            span.setAttribute(CODE, code.name());
            span.setStatus(StatusCode.ERROR, code.name());
        }
        span.end();
    }
}
