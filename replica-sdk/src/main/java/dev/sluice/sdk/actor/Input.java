package dev.sluice.sdk.actor;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The input of one query, still encoded.
 *
 * @param body read, never released, by the actor; valid until the query's outcome was given to the sink
 * @param mediaType {@code application/json} for an input taken out of the JSON envelope
 * @param caller on whose behalf the query is; null where that is not known
 */
public record Input(
        ByteBuf body, String mediaType, @Nullable Caller caller) {

    /** Of nobody. */
    public Input(ByteBuf body, String mediaType) {
        this(body, mediaType, null);
    }
}
