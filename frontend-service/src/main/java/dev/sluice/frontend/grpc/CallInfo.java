package dev.sluice.frontend.grpc;

import dev.sluice.frontend.query.QueryOptions;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a call says outside its messages.
 *
 * @param id in the metadata; null where there is none
 * @param tenant empty where unknown or not believed
 * @param deadline null where there is none
 */
record CallInfo(
        @Nullable String id, String tenant, @Nullable Deadline deadline) {

    static final Metadata.Key<String> ID = Metadata.Key.of("sluice-id", Metadata.ASCII_STRING_MARSHALLER);
    static final Metadata.Key<String> TENANT = Metadata.Key.of("sluice-tenant", Metadata.ASCII_STRING_MARSHALLER);

    private static final Context.Key<CallInfo> KEY = Context.key("sluice-call");

    /** Of the call that the current thread serves. */
    static CallInfo current() {
        CallInfo info = KEY.get();
        return info == null ? new CallInfo(null, "", null) : info;
    }

    Context in(Context context) {
        return context.withValue(KEY, this);
    }

    /**
     * What is left of the call's deadline, in nanoseconds, or of the SLO where that is less; 0 where there is neither.
     *
     * @param sloNanos 0 where there is none
     */
    long budgetNanos(long sloNanos) {
        if (deadline == null) {
            return sloNanos;
        }
        long left = Math.min(QueryOptions.MAX_SLO_NANOS, Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
        return sloNanos == 0 ? left : Math.min(left, sloNanos);
    }
}
