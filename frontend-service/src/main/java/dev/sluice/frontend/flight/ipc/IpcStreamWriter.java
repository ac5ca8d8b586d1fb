package dev.sluice.frontend.flight.ipc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.List;

/** Puts messages one behind the other, as in a file or in the body of a query. */
public final class IpcStreamWriter {

    static final int CONTINUES = 0xFFFFFFFF;

    private static final int ALIGNED = 8;
    private static final int PREFIX_BYTES = 2 * Integer.BYTES;

    private IpcStreamWriter() {}

    /**
     * All of a stream.
     *
     * @param messages whose bodies are shared, not copied, and not released
     */
    public static ByteBuf stream(List<IpcMessage> messages, ByteBufAllocator allocator) {
        CompositeByteBuf stream = allocator.compositeBuffer(Integer.MAX_VALUE);
        for (IpcMessage message : messages) {
            stream.addComponent(true, head(message.head(), allocator));
            if (message.body().isReadable()) {
                stream.addComponent(true, message.body().retainedSlice());
            }
        }
        return stream.addComponent(
                true, allocator.buffer(PREFIX_BYTES).writeIntLE(CONTINUES).writeIntLE(0));
    }

    /** A head as it stands in a stream. */
    public static ByteBuf head(byte[] head, ByteBufAllocator allocator) {
        int padded = (head.length + ALIGNED - 1) & -ALIGNED;
        return allocator
                .buffer(PREFIX_BYTES + padded)
                .writeIntLE(CONTINUES)
                .writeIntLE(padded)
                .writeBytes(head)
                .writeZero(padded - head.length);
    }
}
