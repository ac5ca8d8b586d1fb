package dev.sluice.frontend.flight.wire;

import arrow.flight.protocol.FlightDescriptor;
import dev.sluice.frontend.query.QueryOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * One message of data.
 *
 * @param descriptor null where there is none, which is so in all but the first
 * @param head of an Arrow message; empty where there is none
 * @param metadata of the application
 * @param body belongs to the message
 */
@SuppressWarnings("ArrayRecordComponent") // passes through once, never compared
public record FlightMessage(@Nullable FlightDescriptor descriptor, byte[] head, byte[] metadata, ByteBuf body) {

    static final byte[] NOTHING = {};

    /** What came and is no message: only this very object is meant. */
    static final FlightMessage NONE = new FlightMessage(null, NOTHING, NOTHING, Unpooled.EMPTY_BUFFER);

    /** Of an Arrow message, whose body it takes over. */
    public static FlightMessage of(byte[] head, byte[] metadata, ByteBuf body) {
        return new FlightMessage(null, head, metadata, body);
    }

    /** @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} for what was no message */
    @SuppressWarnings("ReferenceEquality") // as said above
    public void requireMessage() {
        if (this == NONE) {
            throw QueryOptions.invalid(
                    "The bytes are no FlightData; see that the client's definition of Arrow Flight is the public one.");
        }
    }

    /** What it holds in memory. */
    public long size() {
        return head.length + metadata.length + (long) body.readableBytes();
    }

    /** Frees the body. */
    public void release() {
        body.release();
    }
}
