package dev.sluice.frontend.query;

import io.netty.buffer.ByteBuf;

/**
 * One result of a query.
 *
 * @param body the opaque result; the receiver releases it
 * @param mediaType of the body; {@code application/json} where the actor returned a value
 */
public record Answer(ByteBuf body, String mediaType) {}
