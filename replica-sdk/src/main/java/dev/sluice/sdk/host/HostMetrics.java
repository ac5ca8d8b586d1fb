package dev.sluice.sdk.host;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.ErrorCode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What a host measures; Micrometer is behind it. Called from several threads. */
public interface HostMetrics {

    /** The meters of one method; the same ones each time. */
    MethodMeters of(String actor, String version, String method);

    /**
     * These are all versions that there are replicas of now. Told once in a while; of those that have been gone for long nothing more is
     * shown.
     */
    default void running(Collection<ActorDescriptor> actors) {}

    /** Of one method. */
    interface MethodMeters {

        /** Queries came in a batch; each ends, or goes back. */
        void queriesCame(int queries);

        /** Queries that came were given back to their router: nothing of them started. */
        void queriesWentBack(int queries);

        /** @param code why there is no result; null where there is one */
        void queryEnded(@Nullable ErrorCode code);

        void batchEnded(int size, long runNanos);
    }

    /** Measures nothing. */
    HostMetrics NONE = (actor, version, method) -> new MethodMeters() {
        @Override
        public void queriesCame(int queries) {}

        @Override
        public void queriesWentBack(int queries) {}

        @Override
        public void queryEnded(@Nullable ErrorCode code) {}

        @Override
        public void batchEnded(int size, long runNanos) {}
    };
}
