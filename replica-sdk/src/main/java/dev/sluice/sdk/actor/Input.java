package dev.sluice.sdk.actor;

import io.netty.buffer.ByteBuf;

/**
 * The input of one query, still encoded.
 *
 * @param body read, never released, by the actor; valid until the query's outcome was given to the sink
 * @param mediaType {@code application/json} for an input taken out of the JSON envelope
 */
public record Input(ByteBuf body, String mediaType) {}
