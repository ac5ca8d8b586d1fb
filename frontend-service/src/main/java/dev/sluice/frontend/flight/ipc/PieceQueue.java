package dev.sluice.frontend.flight.ipc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes that came in pieces, to be taken in others: as slices of what came, wherever the pieces end. Holds nothing while it is empty. */
final class PieceQueue {

    private final Deque<ByteBuf> pieces = new ArrayDeque<>();
    private long bytes;

    /** Takes the piece over. */
    void add(ByteBuf piece) {
        bytes += piece.readableBytes();
        pieces.add(piece);
    }

    long bytes() {
        return bytes;
    }

    /** The next so many, which have to be there; for the caller to release. */
    ByteBuf take(int count) {
        bytes -= count;
        if (count == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf first = pieces.getFirst();
        if (first.readableBytes() >= count) {
            return part(first, count);
        }
        CompositeByteBuf several = ByteBufAllocator.DEFAULT.compositeBuffer(Integer.MAX_VALUE);
        for (int left = count; left > 0; ) {
            ByteBuf next = pieces.getFirst();
            int size = Math.min(left, next.readableBytes());
            several.addComponent(true, part(next, size));
            left -= size;
        }
        return several;
    }

    private ByteBuf part(ByteBuf piece, int size) {
        if (piece.readableBytes() > size) {
            return piece.readRetainedSlice(size);
        }
        pieces.remove();
        return piece;
    }

    /** The next number, of four bytes that have to be there; it is not taken. */
    int peekInt() {
        ByteBuf first = pieces.getFirst();
        if (first.readableBytes() >= Integer.BYTES) {
            return first.getIntLE(first.readerIndex());
        }
        int value = 0;
        int shift = 0;
        for (ByteBuf piece : pieces) {
            for (int i = piece.readerIndex(); i < piece.writerIndex() && shift < Integer.SIZE; i++) {
                value |= (piece.getByte(i) & 0xFF) << shift;
                shift += Byte.SIZE;
            }
        }
        return value;
    }

    void skipInt() {
        take(Integer.BYTES).release();
    }

    void release() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
        bytes = 0;
    }
}
