package dev.sluice.frontend.flight.wire;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A message as it goes out: the small fields, and behind them the body, which is nowhere put together with them. */
final class MessageBytes extends InputStream implements Drainable, KnownLength {

    private static final int LONGEST_TAG_AND_SIZE = 16;

    private final ByteBuf front;
    private final ByteBuf body;

    MessageBytes(FlightMessage message) {
        body = message.body().slice();
        front = Unpooled.buffer(message.head().length + message.metadata().length + 3 * LONGEST_TAG_AND_SIZE);
        field(FlightFields.HEAD, message.head());
        field(FlightFields.METADATA, message.metadata());
        // An empty body too: some clients take a record batch without one for damaged.
        if (message.head().length > 0) {
            varint(FlightFields.tag(FlightFields.BODY));
            varint(body.readableBytes());
        }
    }

    private void field(int number, byte[] value) {
        if (value.length > 0) {
            varint(FlightFields.tag(number));
            varint(value.length);
            front.writeBytes(value);
        }
    }

    private void varint(int value) {
        int left = value;
        while ((left & ~0x7F) != 0) {
            front.writeByte(left & 0x7F | 0x80);
            left >>>= 7;
        }
        front.writeByte(left);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        int size = available();
        front.readBytes(target, front.readableBytes());
        body.readBytes(target, body.readableBytes());
        return size;
    }

    @Override
    public int available() {
        return front.readableBytes() + body.readableBytes();
    }

    @Override
    public int read() {
        return front.isReadable() ? front.readUnsignedByte() : body.isReadable() ? body.readUnsignedByte() : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        ByteBuf next = front.isReadable() ? front : body;
        int size = Math.min(length, next.readableBytes());
        next.readBytes(target, offset, size);
        return size == 0 && length > 0 ? -1 : size;
    }
}
