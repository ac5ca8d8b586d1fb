package dev.sluice.common.link;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameException;
import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cargo too large for a frame, cut into chunks that leave in {@link Turns}, results before queries. Few chunk bytes are on their way
 * at a time, so that a small frame never waits behind more than those. The frame itself follows its last chunk.
 *
 * <p>Not thread-safe: for the link's event loop.
 */
final class BulkTransfers {

    /** Cargo up to this size is copied into the frame; larger slices are passed on as they are. */
    static final int LARGEST_INLINE = 8 * 1024;

    static final int CHUNK_BYTES = 64 * 1024;

    /** Chunk bytes that may be on their way, not yet acknowledged; the last chunk may go beyond. */
    static final int WINDOW_BYTES = 8 * CHUNK_BYTES;

    private static final int LARGEST_INLINE_BATCH = 256 * 1024;

    private final Turns results = new Turns();
    private final Turns queries = new Turns();
    private final ArrayDeque<Frame> complete = new ArrayDeque<>();
    private final LongObjectHashMap<Transfer> resultsByExchange = new LongObjectHashMap<>();
    private int unacknowledged;
    private long lastRef;

    /** Takes the frame over if it has to be cut, or has to stay behind one of the same query that is being cut. */
    boolean takes(Frame frame) {
        boolean result = Frames.isResult(frame);
        Transfer before = result ? resultsByExchange.get(Frames.exchange(frame)) : null;
        if (before != null) {
            before.followers.add(frame);
            return true;
        }
        List<Cargo> large = large(frame);
        if (large.isEmpty()) {
            return false;
        }
        for (Cargo cargo : large) {
            cargo.ref(++lastRef);
        }
        Transfer transfer = new Transfer(frame, large);
        (result ? results : queries).add(transfer);
        if (result) {
            resultsByExchange.put(Frames.exchange(frame), transfer);
        }
        return true;
    }

    private static List<Cargo> large(Frame frame) {
        if (frame instanceof Cargo cargo) {
            boolean large = cargo.size() > LARGEST_INLINE && cargo.ref() == 0 && !cargo.cancelled();
            return large ? List.of(cargo) : List.of();
        }
        return frame instanceof BatchFrame batch ? large(batch) : List.of();
    }

    private static List<Cargo> large(BatchFrame batch) {
        List<Cargo> large = List.of();
        int inline = 0;
        for (int i = 0; i < batch.items().size(); i++) {
            Cargo item = batch.items().get(i);
            if (item.ref() != 0) {
                return List.of();
            }
            if (item.size() <= LARGEST_INLINE && inline + item.size() <= LARGEST_INLINE_BATCH) {
                inline += item.size();
            } else if (!item.cancelled()) {
                large = large.isEmpty() ? new ArrayList<>() : large;
                large.add(item);
            }
        }
        return large;
    }

    boolean isEmpty() {
        return results.isEmpty() && queries.isEmpty() && complete.isEmpty();
    }

    boolean canSend() {
        return unacknowledged < WINDOW_BYTES && !(results.isEmpty() && queries.isEmpty());
    }

    /** The next chunk; null where what was to come has been cancelled. Only where {@link #canSend()}. */
    Transfer.@Nullable Piece next() {
        Turns from = results.isEmpty() ? queries : results;
        Transfer transfer = from.first();
        Transfer.Piece piece = transfer.next();
        if (piece != null) {
            unacknowledged += piece.bytes().readableBytes();
        }
        if (transfer.done()) {
            if (from == results) {
                resultsByExchange.remove(Frames.exchange(transfer.frame));
            }
            complete.add(transfer.frame);
            complete.addAll(transfer.followers);
            from.removeFirst();
        } else {
            from.firstGoesLast();
        }
        return piece;
    }

    /** A frame whose chunks have all been sent, or that waited behind such a one. */
    @Nullable Frame pollComplete() {
        return complete.poll();
    }

    /** @throws FrameException where the peer acknowledges what was not sent */
    void acknowledged(int bytes) {
        if (bytes > unacknowledged) {
            throw new FrameException("an acknowledgement of bytes that were not sent");
        }
        unacknowledged -= bytes;
    }

    void releaseAll() {
        results.releaseAll();
        queries.releaseAll();
        complete.forEach(Frames::release);
        complete.clear();
        resultsByExchange.clear();
    }
}
