package dev.sluice.frontend.flight.ipc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A schema, a dictionary or a record batch.
 *
 * @param head the flat buffer that says what it is
 * @param kind of it
 * @param body the columns; belongs to the message
 */
@SuppressWarnings("ArrayRecordComponent") // passes through once, compared by its bytes where at all
public record IpcMessage(byte[] head, Kind kind, ByteBuf body) {

    /** What a message is. */
    public enum Kind {
        SCHEMA,
        DICTIONARY,
        RECORDS
    }

    /** A schema, which has no body. */
    public static IpcMessage schema(byte[] head) {
        return new IpcMessage(head, Kind.SCHEMA, Unpooled.EMPTY_BUFFER);
    }

    /** What the message holds in memory. */
    public long size() {
        return head.length + (long) body.readableBytes();
    }

    /** Frees the body. */
    public void release() {
        body.release();
    }
}
