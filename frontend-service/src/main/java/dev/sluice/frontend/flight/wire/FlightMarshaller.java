package dev.sluice.frontend.flight.wire;

import io.grpc.HasByteBuffer;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads and writes {@link FlightMessage}s. What is no message becomes one that is refused later, in words: gRPC itself would end the
 * call as an internal error and fill the log.
 */
public final class FlightMarshaller implements Marshaller<FlightMessage> {

    private final ByteBufAllocator allocator;

    public FlightMarshaller(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** The message stays the caller's, which releases it once gRPC has taken its bytes: before the call that sends it returns. */
    @Override
    public InputStream stream(FlightMessage message) {
        return new MessageBytes(message);
    }

    @Override
    public FlightMessage parse(InputStream bytes) {
        ByteBuf whole = null;
        try {
            whole = whole(bytes);
            return FlightFields.read(whole);
        } catch (IOException e) {
            throw Status.INTERNAL
                    .withDescription("A message could not be read.")
                    .withCause(e)
                    .asRuntimeException();
        } finally {
            if (whole != null) {
                whole.release();
            }
        }
    }

    private ByteBuf whole(InputStream bytes) throws IOException {
        int size = bytes instanceof KnownLength ? bytes.available() : 0;
        ByteBuf whole = allocator.directBuffer(Math.max(64, size));
        boolean complete = false;
        try {
            if (bytes instanceof HasByteBuffer buffers && buffers.byteBufferSupported()) {
                parts(bytes, buffers, whole);
            }
            for (int read = 0; read >= 0; ) {
                read = whole.writeBytes(bytes, 8192);
            }
            complete = true;
            return whole;
        } finally {
            if (!complete) {
                whole.release();
            }
        }
    }

    /** As the connection received them, without an array between. */
    private static void parts(InputStream bytes, HasByteBuffer buffers, ByteBuf whole) throws IOException {
        for (ByteBuffer part = buffers.getByteBuffer(); part != null; part = buffers.getByteBuffer()) {
            int size = part.remaining();
            whole.writeBytes(part);
            if (bytes.skip(size) != size) {
                throw new IOException("A part of a message is missing.");
            }
        }
    }
}
