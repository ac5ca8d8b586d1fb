package dev.sluice.common.trace;

import org.jspecify.annotations.Nullable;

/** Records where the time of queries goes, for a tracing system; OpenTelemetry is behind it. Thread-safe, and never blocks. */
public interface Spans {

    /** Records nothing: what a query costs where nobody asks for traces. */
    Spans NONE = new Spans() {
        @Override
        public @Nullable OpenSpan accept(String name, TraceContext caller) {
            return null;
        }

        @Override
        public @Nullable OpenSpan join(String name, TraceContext caller) {
            return null;
        }

        @Override
        public boolean isOn() {
            return false;
        }
    };

    /** Whether anything is ever recorded. */
    boolean isOn();

    /**
     * A query comes from outside. It is recorded if its caller records it, or, where the caller says nothing, if the sampler picks it.
     *
     * @return null where it is not recorded
     */
    @Nullable OpenSpan accept(String name, TraceContext caller);

    /**
     * Part of a query that another process of this platform has accepted: recorded if that one records it.
     *
     * @return null where it is not recorded
     */
    @Nullable OpenSpan join(String name, TraceContext caller);
}
