package dev.sluice.frontend.flight.wire;

import arrow.flight.protocol.FlightDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The fields of a message on the wire, numbered as in arrow_flight.proto. Those that are unknown are skipped. */
final class FlightFields {

    static final int DESCRIPTOR = 1;
    static final int HEAD = 2;
    static final int METADATA = 3;
    static final int BODY = 1000;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private static final int TYPE_BITS = 3;
    private static final int LONGEST_VARINT = 10;

    private final ByteBuf in;
    private @Nullable FlightDescriptor descriptor;
    private byte[] head = FlightMessage.NOTHING;
    private byte[] metadata = FlightMessage.NOTHING;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;

    private FlightFields(ByteBuf in) {
        this.in = in;
    }

    /** The message's body is a slice that retains these bytes. */
    static FlightMessage read(ByteBuf bytes) {
        FlightFields fields = new FlightFields(bytes);
        try {
            while (bytes.isReadable()) {
                fields.field();
            }
        } catch (IndexOutOfBoundsException | InvalidProtocolBufferException | IllegalArgumentException e) {
            return FlightMessage.NONE;
        }
        return new FlightMessage(fields.descriptor, fields.head, fields.metadata, fields.body.retain());
    }

    private void field() throws InvalidProtocolBufferException {
        int tag = (int) varint();
        if (tag >>> TYPE_BITS == 0) {
            throw new IllegalArgumentException("A field of no number.");
        }
        switch (tag & ((1 << TYPE_BITS) - 1)) {
            case VARINT -> varint();
            case FIXED64 -> in.skipBytes(Long.BYTES);
            case FIXED32 -> in.skipBytes(Integer.BYTES);
            case BYTES -> bytes(tag >>> TYPE_BITS);
            default -> throw new IllegalArgumentException("A field of no type.");
        }
    }

    private void bytes(int number) throws InvalidProtocolBufferException {
        long size = varint();
        if (size < 0 || size > in.readableBytes()) {
            throw new IndexOutOfBoundsException("A field that ends after the message does.");
        }
        ByteBuf value = in.readSlice((int) size);
        if (number == BODY) {
            body = value;
        } else if (number == HEAD) {
            head = ByteBufUtil.getBytes(value);
        } else if (number == METADATA) {
            metadata = ByteBufUtil.getBytes(value);
        } else if (number == DESCRIPTOR) {
            descriptor = FlightDescriptor.parseFrom(ByteBuffer.wrap(ByteBufUtil.getBytes(value)));
        }
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            byte next = in.readByte();
            value |= (next & 0x7FL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("A number without an end.");
    }

    static int tag(int number) {
        return number << TYPE_BITS | BYTES;
    }
}
