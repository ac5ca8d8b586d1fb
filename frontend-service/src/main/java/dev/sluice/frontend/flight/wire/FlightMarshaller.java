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

    private static final int READ_BYTES = 8192;

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

    /** Of what says its length, no byte more is taken from memory, and none is moved once it lies there. */
    private ByteBuf whole(InputStream bytes) throws IOException {
        boolean sized = bytes instanceof KnownLength;
        int size = sized ? bytes.available() : 0;
        ByteBuf whole = allocator.directBuffer(sized ? size : READ_BYTES);
        boolean complete = false;
        try {
            if (bytes instanceof HasByteBuffer buffers && buffers.byteBufferSupported()) {
                parts(bytes, buffers, whole);
            }
            int read = 0;
            while (read >= 0 && !(sized && whole.readableBytes() == size)) {
                read = whole.writeBytes(bytes, sized ? size - whole.readableBytes() : READ_BYTES);
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
