package dev.sluice.router.dispatch;

import dev.sluice.common.error.ErrorCode.Outcome;

/** What dispatching counts, per actor; Micrometer is behind it. Called on hot paths, from several threads. */
public interface DispatchMetrics {

    /** One more attempt at a query ended. */
    void ended(Outcome outcome, long durationNanos);

    void waited(long nanos);

    void batchSent(int size);

    /** @param predictedNanos 0 where nothing was predicted */
    void batchDone(int size, long runNanos, long predictedNanos);

    /** Counts nothing. */
    DispatchMetrics NONE = new DispatchMetrics() {
        @Override
        public void ended(Outcome outcome, long durationNanos) {}

        @Override
        public void waited(long nanos) {}

        @Override
        public void batchSent(int size) {}

        @Override
        public void batchDone(int size, long runNanos, long predictedNanos) {}
    };
}
