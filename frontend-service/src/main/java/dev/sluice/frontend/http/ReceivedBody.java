package dev.sluice.frontend.http;

import dev.sluice.common.concurrent.RetainedBytes;
import io.netty.buffer.ByteBuf;

/**
 * A request's body that has come to its end. It stays counted until it is released, or a query takes both over.
 *
 * @param charge what it is counted for
 * @param retained where
 */
public record ReceivedBody(ByteBuf bytes, long charge, RetainedBytes retained) {

    /** Frees the bytes, and gives back what they were counted for. */
    public void release() {
        bytes.release();
        retained.give(charge);
    }
}
