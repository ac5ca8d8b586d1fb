package dev.sluice.common.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into frames. A frame that lies in one receive buffer is read where it lies, its cargo a slice;
 * one that crosses buffers is put together once, in memory that grows with what came and not with what was announced. Not
 * thread-safe.
 */
public final class FrameDecoder implements AutoCloseable {

    private static final int LENGTH_BYTES = 4;
    private static final int SMALLEST_FRAME = 2;
    private static final int LARGEST_TRUSTED = 128 * 1024;

    private final ByteBufAllocator allocator;
    private final FrameReader reader = new FrameReader();
    private int longest;
    private @Nullable ByteBuf partial;
    private boolean closed;

    public FrameDecoder(ByteBufAllocator allocator) {
        this(allocator, FrameEncoder.MAX_FRAME_BYTES);
    }

    /** @param longest how many bytes a frame may have, until {@link #takeLongest} */
    public FrameDecoder(ByteBufAllocator allocator, int longest) {
        this.allocator = allocator;
        this.longest = longest;
    }

    /** From the next frame on, as long as frames may ever be. */
    public void takeLongest() {
        longest = FrameEncoder.MAX_FRAME_BYTES;
    }

    /**
     * Takes what was received, and hands on every frame that is complete, until it is closed.
     *
     * @param in released here
     * @throws FrameException where the bytes are no frames; the decoder cannot be used any further
     */
    public void feed(ByteBuf in, Consumer<Frame> out) {
        try {
            while (partial != null && in.isReadable()) {
                complete(partial, in, out);
            }
            while (!closed && in.readableBytes() >= LENGTH_BYTES) {
                int length = length(in);
                if (in.readableBytes() < LENGTH_BYTES + length) {
                    break;
                }
                in.skipBytes(LENGTH_BYTES);
                read(in, length, out);
            }
            if (!closed && in.isReadable()) {
                keep(in);
            }
        } finally {
            in.release();
        }
    }

    /** Frees what is kept of an unfinished frame, and drops all else; also from within {@link #feed}. */
    @Override
    public void close() {
        closed = true;
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void keep(ByteBuf in) {
        int whole = in.readableBytes() >= LENGTH_BYTES ? LENGTH_BYTES + length(in) : LENGTH_BYTES;
        partial = allocator
                .buffer(Math.max(in.readableBytes(), Math.min(whole, LARGEST_TRUSTED)))
                .writeBytes(in);
    }

    private void complete(ByteBuf kept, ByteBuf in, Consumer<Frame> out) {
        if (kept.readableBytes() < LENGTH_BYTES) {
            move(in, kept, LENGTH_BYTES - kept.readableBytes());
            if (kept.readableBytes() < LENGTH_BYTES) {
                return;
            }
            kept.ensureWritable(Math.min(length(kept), LARGEST_TRUSTED - LENGTH_BYTES));
        }
        int length = length(kept);
        move(in, kept, LENGTH_BYTES + length - kept.readableBytes());
        if (kept.readableBytes() < LENGTH_BYTES + length) {
            return;
        }
        partial = null;
        try {
            kept.skipBytes(LENGTH_BYTES);
            read(kept, length, out);
        } finally {
            kept.release();
        }
    }

    private static void move(ByteBuf from, ByteBuf to, int bytes) {
        to.writeBytes(from, Math.min(bytes, from.readableBytes()));
    }

    private int length(ByteBuf in) {
        int length = in.getInt(in.readerIndex());
        if (length < SMALLEST_FRAME || length > longest) {
            throw new FrameException("a frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        return length;
    }

    private void read(ByteBuf in, int length, Consumer<Frame> out) {
        int end = in.readerIndex() + length;
        Frame frame;
        try {
            frame = reader.read(in, end);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new FrameException("a damaged frame: " + ByteBufUtil.hexDump(in, end - length, Math.min(length, 64)));
        }
        in.readerIndex(end);
        if (frame != null) {
            out.accept(frame);
        }
    }
}
