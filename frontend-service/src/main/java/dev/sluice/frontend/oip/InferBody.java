package dev.sluice.frontend.oip;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.frontend.http.ReceivedBody;
import io.netty.buffer.ByteBuf;

/**
 * A request as it goes to a host.
 *
 * @param bytes JSON, then binary data
 * @param jsonLength how long the JSON is
 * @param charge what the bytes are counted for
 * @param retained where
 */
record InferBody(ByteBuf bytes, int jsonLength, long charge, RetainedBytes retained) {

    static InferBody of(ReceivedBody body, int jsonLength) {
        return new InferBody(body.bytes(), jsonLength, body.charge(), body.retained());
    }

    /** The same with something in front, which is JSON if it is the last that comes there. Takes both over. */
    InferBody behind(ByteBuf front) {
        int length = front.readableBytes();
        ByteBuf both = bytes.alloc().compositeBuffer(3).addComponents(true, front, bytes);
        return new InferBody(both, length, charge, retained);
    }

    void release() {
        bytes.release();
        retained.give(charge);
    }
}
