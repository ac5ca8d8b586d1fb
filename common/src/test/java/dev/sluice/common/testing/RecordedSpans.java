package dev.sluice.common.testing;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.trace.TraceContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Spans that the test looks at. Records what its caller records; what has no caller is recorded if the test says so. */
public final class RecordedSpans implements Spans {

    private final List<Recorded> all = new CopyOnWriteArrayList<>();
    private final boolean picks;

    /** @param picks whether a query is recorded whose caller says nothing */
    public RecordedSpans(boolean picks) {
        this.picks = picks;
    }

    /** One span. */
    public final class Recorded implements OpenSpan {

        public final String name;
        public final String id;
        public final String traceId;
        public final String parent;
        public final List<String> links;
        public final Map<String, Object> attributes = new ConcurrentHashMap<>();
        private final TraceContext context;
        private final AtomicInteger ends = new AtomicInteger();
        private volatile @Nullable ErrorCode code;

        private Recorded(String name, TraceContext caller, List<String> links) {
            this.name = name;
            this.id = String.format("%016x", all.size() + 1);
            this.traceId = caller.isNone() ? String.format("%032x", all.size() + 1) : caller.traceId();
            this.parent = caller.spanId();
            this.links = links;
            this.context = TraceContext.of("00-" + traceId + "-" + id + "-01", caller.tracestate());
            all.add(this);
        }

        /** How often it was ended: once in the end. */
        public int ends() {
            return ends.get();
        }

        public @Nullable ErrorCode code() {
            return code;
        }

        @Override
        public TraceContext context() {
            return context;
        }

        @Override
        public OpenSpan part(String part, List<OpenSpan> together) {
            return new Recorded(
                    part,
                    context,
                    together.stream().map(span -> ((Recorded) span).id).toList());
        }

        @Override
        public OpenSpan with(String key, String value) {
            attributes.put(key, value);
            return this;
        }

        @Override
        public OpenSpan with(String key, long value) {
            attributes.put(key, value);
            return this;
        }

        @Override
        public void end(@Nullable ErrorCode why) {
            code = why;
            ends.incrementAndGet();
        }
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public @Nullable OpenSpan accept(String name, TraceContext caller) {
        return (caller.isNone() ? picks : caller.sampled()) ? new Recorded(name, caller, List.of()) : null;
    }

    @Override
    public @Nullable OpenSpan join(String name, TraceContext caller) {
        return caller.sampled() ? new Recorded(name, caller, List.of()) : null;
    }

    /** In the order of their beginnings. */
    public List<Recorded> all() {
        return List.copyOf(all);
    }

    /** The only one of this name. */
    public Recorded only(String name) {
        List<Recorded> found =
                all.stream().filter(span -> span.name.equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " spans are called " + name + ", of "
                    + all.stream().map(span -> span.name).toList());
        }
        return found.get(0);
    }
}
