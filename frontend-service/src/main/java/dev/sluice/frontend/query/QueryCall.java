package dev.sluice.frontend.query;

import dev.sluice.common.trace.TraceContext;
import dev.sluice.frontend.access.Caller;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One query as a protocol adapter hands it over.
 *
 * @param actor the published name
 * @param method the method's name, {@code call} by default
 * @param version a version, or null for whatever traffic is routed to
 * @param body the opaque input; ownership passes to the gateway with the call
 * @param charge what the adapter took of {@link Gateway#retained} for the body; passes to the gateway with it
 * @param mediaType of the body
 * @param budgetNanos what is left of the SLO, in nanoseconds, but for what was waited; 0: the actor's default
 * @param priority 1 highest, 0 unset
 * @param caller who sent it
 * @param id the caller's id of the query, or one made by {@link QueryIds}
 * @param protocol by which it came
 * @param trace that its caller says it belongs to
 * @param waitedNanos what of the SLO had passed before the call, while it was found out who sends it
 */
public record QueryCall(
        String actor,
        String method,
        @Nullable String version,
        ByteBuf body,
        long charge,
        String mediaType,
        long budgetNanos,
        int priority,
        Caller caller,
        String id,
        Protocol protocol,
        TraceContext trace,
        long waitedNanos) {

    /** One that had not to wait. */
    public QueryCall(
            String actor,
            String method,
            @Nullable String version,
            ByteBuf body,
            long charge,
            String mediaType,
            long budgetNanos,
            int priority,
            Caller caller,
            String id,
            Protocol protocol,
            TraceContext trace) {
        this(actor, method, version, body, charge, mediaType, budgetNanos, priority, caller, id, protocol, trace, 0);
    }

    /** One that belongs to no trace. */
    public QueryCall(
            String actor,
            String method,
            @Nullable String version,
            ByteBuf body,
            long charge,
            String mediaType,
            long budgetNanos,
            int priority,
            Caller caller,
            String id,
            Protocol protocol) {
        this(
                actor,
                method,
                version,
                body,
                charge,
                mediaType,
                budgetNanos,
                priority,
                caller,
                id,
                protocol,
                TraceContext.NONE);
    }

    /** Whom it is counted for; empty where that is unknown. */
    public String tenant() {
        return caller.tenant();
    }

    /** The same, once its caller has waited so long. */
    public QueryCall after(long nanos) {
        return nanos == waitedNanos
                ? this
                : new QueryCall(
                        actor,
                        method,
                        version,
                        body,
                        charge,
                        mediaType,
                        budgetNanos,
                        priority,
                        caller,
                        id,
                        protocol,
                        trace,
                        nanos);
    }
}
