package dev.sluice.common.link;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Cargo too large for a frame, cut into chunks that leave in turns, results before queries. Few chunk bytes are on their way
 * at a time, so that a small frame never waits behind more than those. The frame itself follows its last chunk.
 *
 * <p>Not thread-safe but for {@link #acknowledged}.
 */
final class BulkTransfers {

    /** Cargo up to this size is copied into the frame; larger slices are passed on as they are. */
    static final int LARGEST_INLINE = 8 * 1024;

    static final int CHUNK_BYTES = 64 * 1024;
    private static final int WINDOW_BYTES = 8 * CHUNK_BYTES;
    private static final int LARGEST_INLINE_BATCH = 256 * 1024;

    /** One chunk; the bytes are the receiver's to release. */
    record Piece(long ref, ByteBuf bytes) {}

    private final ArrayDeque<Transfer> results = new ArrayDeque<>();
    private final ArrayDeque<Transfer> queries = new ArrayDeque<>();
    private final ArrayDeque<Frame> complete = new ArrayDeque<>();
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private long lastRef;

    /** Takes the frame over if it has to be cut, or has to stay behind one of the same query that is being cut. */
    boolean takes(Frame frame) {
        if (Frames.isResult(frame)) {
            for (Transfer transfer : results) {
                if (Frames.sameExchange(transfer.frame, frame)) {
                    transfer.followers.add(frame);
                    return true;
                }
            }
        }
        List<Cargo> large = large(frame);
        if (large.isEmpty()) {
            return false;
        }
        large.forEach(cargo -> cargo.ref(++lastRef));
        (Frames.isResult(frame) ? results : queries).add(new Transfer(frame, large));
        return true;
    }

    private static List<Cargo> large(Frame frame) {
        if (frame instanceof Cargo cargo) {
            return cargo.ref() == 0 && cargo.size() > LARGEST_INLINE ? List.of(cargo) : List.of();
        }
        if (!(frame instanceof BatchFrame batch)) {
            return List.of();
        }
        List<Cargo> large = new ArrayList<>(0);
        int inline = 0;
        for (Cargo item : batch.items()) {
            if (item.ref() != 0) {
                return List.of();
            }
            if (item.size() > LARGEST_INLINE || inline + item.size() > LARGEST_INLINE_BATCH) {
                large.add(item);
            } else {
                inline += item.size();
            }
        }
        return large;
    }

    boolean canSend() {
        return (!results.isEmpty() || !queries.isEmpty()) && unacknowledged.get() < WINDOW_BYTES;
    }

    /** The next chunk; only where {@link #canSend()}. */
    Piece next() {
        ArrayDeque<Transfer> from = results.isEmpty() ? queries : results;
        Transfer transfer = from.remove();
        Piece piece = transfer.next();
        unacknowledged.addAndGet(piece.bytes().readableBytes());
        if (transfer.done()) {
            complete.add(transfer.frame);
            complete.addAll(transfer.followers);
        } else {
            from.add(transfer);
        }
        return piece;
    }

    /** A frame whose chunks have all been sent, or that waited behind such a one. */
    @Nullable Frame pollComplete() {
        return complete.poll();
    }

    void acknowledged(int bytes) {
        unacknowledged.addAndGet(-bytes);
    }

    void releaseAll() {
        results.forEach(Transfer::release);
        queries.forEach(Transfer::release);
        complete.forEach(Frames::release);
        results.clear();
        queries.clear();
        complete.clear();
    }

    private static final class Transfer {
        final Frame frame;
        final List<Frame> followers = new ArrayList<>(0);
        private final List<Cargo> cargos;
        private int current;
        private int offset;

        Transfer(Frame frame, List<Cargo> cargos) {
            this.frame = frame;
            this.cargos = cargos;
        }

        Piece next() {
            Cargo cargo = cargos.get(current);
            int length = Math.min(CHUNK_BYTES, cargo.size() - offset);
            ByteBuf bytes = cargo.data().retainedSlice(cargo.data().readerIndex() + offset, length);
            offset += length;
            if (offset == cargo.size()) {
                current++;
                offset = 0;
            }
            return new Piece(cargo.ref(), bytes);
        }

        boolean done() {
            return current == cargos.size();
        }

        void release() {
            Frames.release(frame);
            followers.forEach(Frames::release);
        }
    }
}
