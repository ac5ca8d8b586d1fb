package dev.sluice.sdk.host;

import dev.sluice.common.error.ErrorCode.Outcome;

/** What a host measures; Micrometer is behind it. Called from several threads. */
public interface HostMetrics {

    /** The meters of one method; the same ones each time. */
    MethodMeters of(String actor, String version, String method);

    /** Of one method. */
    interface MethodMeters {

        void queryEnded(Outcome outcome);

        void batchEnded(int size, long runNanos);
    }

    /** Measures nothing. */
    HostMetrics NONE = (actor, version, method) -> new MethodMeters() {
        @Override
        public void queryEnded(Outcome outcome) {}

        @Override
        public void batchEnded(int size, long runNanos) {}
    };
}
