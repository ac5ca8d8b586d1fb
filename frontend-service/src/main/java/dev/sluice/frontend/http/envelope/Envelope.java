package dev.sluice.frontend.http.envelope;

import org.jspecify.annotations.Nullable;

/**
 * What a request envelope says. The input itself stays in the body.
 *
 * @param inputStart where the input's JSON starts, an index of the body's buffer
 * @param inputEnd where it ends, exclusive
 * @param sloNanos the SLO in nanoseconds; 0 where the envelope names none
 * @param priority 1 highest, 0 unset
 * @param version a version of the actor, or null for whatever traffic is routed to
 * @param id the caller's id, or null
 */
public record Envelope(
        int inputStart,
        int inputEnd,
        long sloNanos,
        int priority,
        @Nullable String version,
        @Nullable String id) {

    public int inputLength() {
        return inputEnd - inputStart;
    }
}
