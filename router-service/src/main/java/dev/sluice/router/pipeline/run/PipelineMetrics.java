package dev.sluice.router.pipeline.run;

import dev.sluice.common.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What the runs of one pipeline count beside what is counted of every actor. Called from several threads. */
public interface PipelineMetrics {

    /**
     * A step ended.
     *
     * @param code why there is no result; null where there is one, if only that of its fallback
     */
    void stepEnded(String step, @Nullable ErrorCode code, long durationNanos);

    /** A step was left out, as its condition says. */
    void stepSkipped(String step);

    /** The pipeline is gone: what was measured of it is not shown any more. */
    default void forget() {}

    /** Counts nothing. */
    PipelineMetrics NONE = new PipelineMetrics() {
        @Override
        public void stepEnded(String step, @Nullable ErrorCode code, long durationNanos) {}

        @Override
        public void stepSkipped(String step) {}
    };
}
