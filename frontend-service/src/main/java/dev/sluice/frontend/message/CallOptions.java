package dev.sluice.frontend.message;

import dev.sluice.common.trace.TraceContext;
import dev.sluice.frontend.access.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What a message says of its query beside the input.
 *
 * @param sloNanos the SLO in nanoseconds; 0 where the message names none
 * @param priority 1 highest, 0 unset
 * @param version a version of the actor, or null for whatever traffic is routed to
 * @param tenant empty where the message names none; whether it is believed is the adapter's matter
 * @param key that the message shows, or null
 * @param mediaType of the input where that travels beside the message, or null
 * @param trace that the query belongs to
 */
public record CallOptions(
        long sloNanos,
        int priority,
        @Nullable String version,
        String tenant,
        @Nullable Secret key,
        @Nullable String mediaType,
        TraceContext trace) {

    /** One that shows no key and belongs to no trace. */
    public CallOptions(
            long sloNanos, int priority, @Nullable String version, String tenant, @Nullable String mediaType) {
        this(sloNanos, priority, version, tenant, null, mediaType, TraceContext.NONE);
    }
}
