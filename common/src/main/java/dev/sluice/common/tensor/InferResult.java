package dev.sluice.common.tensor;

import io.netty.buffer.ByteBuf;

/**
 * An answer as it leaves.
 *
 * @param body the caller's own
 * @param mediaType of it
 */
public record InferResult(ByteBuf body, String mediaType) {}
