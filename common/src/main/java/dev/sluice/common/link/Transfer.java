package dev.sluice.common.link;

import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One frame whose cargo, or some of it, is on its way in chunks. */
final class Transfer {

    /** One chunk; the bytes are the receiver's to release. */
    record Piece(long ref, ByteBuf bytes) {}

    final Frame frame;

    /** Later results of the same query, which must not overtake. */
    final List<Frame> followers = new ArrayList<>(0);

    private final List<Cargo> cargos;
    private int current;
    private int offset;

    Transfer(Frame frame, List<Cargo> cargos) {
        this.frame = frame;
        this.cargos = cargos;
    }

    /** Null where all that is left was cancelled. */
    @Nullable Piece next() {
        while (!done() && cargos.get(current).cancelled()) {
            advance();
        }
        if (done()) {
            return null;
        }
        Cargo cargo = cargos.get(current);
        int length = Math.min(BulkTransfers.CHUNK_BYTES, cargo.size() - offset);
        ByteBuf bytes = cargo.data().retainedSlice(cargo.data().readerIndex() + offset, length);
        offset += length;
        if (offset == cargo.size()) {
            advance();
        }
        return new Piece(cargo.ref(), bytes);
    }

    private void advance() {
        current++;
        offset = 0;
    }

    boolean done() {
        return current == cargos.size();
    }

    void release() {
        Frames.release(frame);
        followers.forEach(Frames::release);
    }
}
