package dev.sluice.frontend.rpc;

import dev.sluice.common.trace.TraceContext;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.query.QueryOptions;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a call says outside its messages.
 *
 * @param id in the metadata; null where there is none
 * @param caller who sends it
 * @param deadline null where there is none
 * @param options in the metadata; what messages say comes first
 * @param arriving counts what comes; null where nothing does
 * @param trace that its queries belong to
 */
public record CallInfo(
        @Nullable String id,
        Caller caller,
        @Nullable Deadline deadline,
        Options options,
        @Nullable ArrivingBytes arriving,
        TraceContext trace) {

    /** One whose queries belong to no trace. */
    public CallInfo(
            @Nullable String id,
            Caller caller,
            @Nullable Deadline deadline,
            Options options,
            @Nullable ArrivingBytes arriving) {
        this(id, caller, deadline, options, arriving, TraceContext.NONE);
    }

    public static final Metadata.Key<String> ID = key("sluice-id");
    public static final Metadata.Key<String> TENANT = key("sluice-tenant");
    public static final Metadata.Key<String> AUTHORIZATION = key("authorization");
    public static final Metadata.Key<String> API_KEY = key("x-api-key");
    public static final Metadata.Key<String> SLO_MS = key("sluice-slo-ms");
    public static final Metadata.Key<String> PRIORITY = key("sluice-priority");
    public static final Metadata.Key<String> VERSION = key("sluice-version");

    private static final Metadata.Key<String> TRACEPARENT = key(TraceContext.TRACEPARENT);
    private static final Metadata.Key<String> TRACESTATE = key(TraceContext.TRACESTATE);

    private static final Context.Key<CallInfo> KEY = Context.key("sluice-call");

    /**
     * How the call's queries are to be served.
     *
     * @param sloNanos 0: the actor's default
     * @param priority 1 highest, 0 unset
     * @param version null for whatever traffic is routed to
     */
    public record Options(
            long sloNanos, int priority, @Nullable String version) {

        public static final Options NONE = new Options(0, 0, null);

        /** @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} for what is none */
        static Options of(Metadata headers) {
            String slo = headers.get(SLO_MS);
            String priority = headers.get(PRIORITY);
            String version = headers.get(VERSION);
            return new Options(
                    slo == null ? 0 : QueryOptions.sloNanos(slo, SLO_MS.name()),
                    priority == null ? 0 : QueryOptions.priority(priority, PRIORITY.name()),
                    version == null ? null : QueryOptions.version(version, VERSION.name()));
        }
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    /** The trace that a call belongs to; none where its caller says none. */
    static TraceContext trace(Metadata headers) {
        return TraceContext.of(headers.get(TRACEPARENT), headers.get(TRACESTATE));
    }

    /** Of the call that the current thread serves, which has passed a {@link CallInterceptor}. */
    public static CallInfo current() {
        return Objects.requireNonNull(KEY.get(), "nobody knows who sends this call");
    }

    Context in(Context context) {
        return context.withValue(KEY, this);
    }

    /** Whether the call ended since its time is over: then its queries end by themselves, as expired. */
    public boolean isLate() {
        return deadline != null && deadline.isExpired();
    }

    /** How the log names a query of this call. */
    public QueryLabel label(String actor, String query) {
        return new QueryLabel(actor, query, trace.traceId());
    }

    /**
     * What is left of the call's deadline, in nanoseconds, or of the SLO where that is less; 0 where there is neither.
     *
     * @param sloNanos of a message; 0 where it says none, and the call's own holds
     */
    public long budgetNanos(long sloNanos) {
        long slo = sloNanos == 0 ? options.sloNanos() : sloNanos;
        if (deadline == null) {
            return slo;
        }
        long left = Math.min(QueryOptions.MAX_SLO_NANOS, Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
        return slo == 0 ? left : Math.min(left, slo);
    }

    /** @param priority of a message; 0 where it says none, and the call's own holds */
    public int priority(int priority) {
        return priority == 0 ? options.priority() : priority;
    }
}
