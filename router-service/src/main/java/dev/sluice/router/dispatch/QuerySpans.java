package dev.sluice.router.dispatch;

import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.trace.TraceContext;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A router's part of the traces that queries belong to. */
final class QuerySpans {

    private QuerySpans() {}

    /**
     * A query came, which nobody else has yet. Whoever gets it from here on sees the router's span as the one that asked: its id is
     * written over the other's where it lies, as both are of one length, and all else in those bytes is none of a router's business.
     *
     * @return null where it is not recorded
     */
    static @Nullable OpenSpan begin(Spans spans, QueryFrame frame) {
        if (!spans.isOn()) {
            return null;
        }
        ByteBuf data = frame.data();
        int at = Meta.valueAt(data, frame.metaLength(), TraceContext.TRACEPARENT, TraceContext.LENGTH);
        if (at < 0) {
            return null;
        }
        TraceContext caller = TraceContext.of(data.toString(at, TraceContext.LENGTH, StandardCharsets.US_ASCII), null);
        OpenSpan span = spans.join("route " + frame.actor() + "/" + frame.method(), caller);
        if (span == null) {
            return null;
        }
        data.setBytes(at + TraceContext.SPAN_ID_AT, span.context().spanId().getBytes(StandardCharsets.US_ASCII));
        return span.with("sluice.tier", "router")
                .with("sluice.actor", frame.actor())
                .with("sluice.method", frame.method());
    }

    /**
     * A batch leaves: part of the first of its queries that is recorded, and linked to all of those.
     *
     * @return null where none is
     */
    static @Nullable OpenSpan ofBatch(RunningBatch batch) {
        List<OpenSpan> together = null;
        for (RoutedQuery query : batch.queries()) {
            OpenSpan span = query.span();
            if (span != null) {
                together = together == null ? new ArrayList<>() : together;
                together.add(span);
            }
        }
        if (together == null) {
            return null;
        }
        String actor = batch.queries().get(0).frame().actor();
        return together.get(0)
                .part("batch " + actor + "/" + batch.method(), together)
                .with("sluice.tier", "router")
                .with("sluice.batch.size", batch.queries().size())
                .with("sluice.replica", batch.replica().id())
                .with("sluice.host", batch.replica().host().nodeId());
    }
}
