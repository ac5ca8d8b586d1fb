package dev.sluice.frontend.message;

import org.jspecify.annotations.Nullable;

/**
 * What a message asks. Its input stays in the message's bytes.
 *
 * @param actor the published name, or null
 * @param method the method's name, or null for the default one
 * @param id the caller's id of the query, or null
 * @param input where the input's JSON is, or null where the message has none
 * @param options what else it says
 * @param stream whether the caller wants each result by itself; null where it does not say
 * @param cancel whether the query of this id is to be given up
 */
public record Message(
        @Nullable String actor,
        @Nullable String method,
        @Nullable String id,
        @Nullable Span input,
        CallOptions options,
        @Nullable Boolean stream,
        boolean cancel) {

    /**
     * Bytes of a buffer.
     *
     * @param start index of the buffer
     * @param end exclusive
     */
    public record Span(int start, int end) {

        public int length() {
            return end - start;
        }
    }
}
