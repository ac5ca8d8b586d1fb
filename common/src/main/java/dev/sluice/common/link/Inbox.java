package dev.sluice.common.link;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Cargo.CreditReturn;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameException;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts cargo that came in chunks together, and holds the peer to the credit that it was given. Event loop only, but for the
 * credit that released cargo gives back.
 */
final class Inbox implements AutoCloseable {

    /** A peer may have this many payloads under way at once; ours send each query's in turn and never come near. */
    private static final int MOST_TRANSFERS = 65_536;

    /** All chunks of a payload but the last have at least as much: each costs something beyond its bytes. */
    private static final int SMALLEST_CHUNK = 1024;

    private final Map<Long, CompositeByteBuf> transfers = new HashMap<>();
    private final AtomicLong heldQueryBytes = new AtomicLong();
    private final AtomicLong heldResultBytes = new AtomicLong();
    private final CreditReturn queryReturn;
    private final CreditReturn resultReturn;
    private final LinkSettings settings;
    private final ByteBufAllocator allocator;
    private long transferBytes;

    Inbox(LinkSettings settings, ByteBufAllocator allocator, Returns returns, Runnable wake) {
        this.settings = settings;
        this.allocator = allocator;
        this.queryReturn = counted(heldQueryBytes, returns.forQueries(settings.queryCreditBytes(), wake));
        this.resultReturn = counted(heldResultBytes, returns.forResults(settings.resultCreditBytes(), wake));
    }

    private static CreditReturn counted(AtomicLong held, CreditReturn then) {
        return bytes -> {
            held.addAndGet(-bytes);
            then.released(bytes);
        };
    }

    /** Bytes of queries and results that the peer sent and that have not been released. */
    long heldBytes() {
        return heldQueryBytes.get() + heldResultBytes.get() + transferBytes;
    }

    /** @throws FrameException where the peer sends more than it may */
    void chunk(Frame.Chunk chunk) {
        if (chunk.aborted()) {
            chunk.bytes().release();
            drop(transfers.remove(chunk.payload()));
            return;
        }
        CompositeByteBuf transfer = transfers.get(chunk.payload());
        int bytes = chunk.bytes().readableBytes();
        String problem = problem(chunk.payload(), transfer, bytes);
        if (problem != null) {
            chunk.bytes().release();
            throw new FrameException(problem);
        }
        if (transfer == null) {
            transfer = allocator.compositeBuffer(Integer.MAX_VALUE);
            transfers.put(chunk.payload(), transfer);
        }
        transferBytes += bytes;
        transfer.addComponent(true, chunk.bytes());
    }

    private @Nullable String problem(long payload, @Nullable CompositeByteBuf transfer, int bytes) {
        if (bytes == 0 || payload == 0) {
            return "a chunk of nothing";
        }
        if (heldBytes() + bytes > settings.queryCreditBytes() + settings.resultCreditBytes()) {
            return "more bytes than the credit that it was given, in chunks";
        }
        if (transfer == null) {
            return transfers.size() < MOST_TRANSFERS ? null : "too many payloads at a time";
        }
        if (transfer.readableBytes() + (long) bytes > settings.maxCargoBytes()) {
            return "a payload larger than agreed, in chunks";
        }
        boolean trickles = (long) transfer.numComponents() * SMALLEST_CHUNK > transfer.readableBytes();
        return trickles ? "a payload in chunks that are needlessly small" : null;
    }

    /** Completes a frame that carries cargo. */
    void complete(Frame frame) {
        try {
            if (frame instanceof Cargo cargo) {
                complete(cargo, frame instanceof ResultFrame);
            } else if (frame instanceof BatchFrame batch) {
                for (int i = 0; i < batch.items().size(); i++) {
                    complete(batch.items().get(i), false);
                }
            }
        } catch (FrameException e) {
            Frames.release(frame);
            throw e;
        }
    }

    private void complete(Cargo cargo, boolean result) {
        if (cargo.ref() != 0) {
            CompositeByteBuf bytes = transfers.remove(cargo.ref());
            if (bytes == null || bytes.readableBytes() != cargo.size()) {
                drop(bytes);
                throw new FrameException("a frame that refers to a payload that did not come");
            }
            transferBytes -= bytes.readableBytes();
            cargo.attach(bytes);
        }
        if (cargo.size() > settings.maxCargoBytes()) {
            throw new FrameException("a payload of " + cargo.size() + " bytes, larger than agreed");
        }
        long limit = result ? settings.resultCreditBytes() : settings.queryCreditBytes();
        AtomicLong held = result ? heldResultBytes : heldQueryBytes;
        cargo.creditReturn(result ? resultReturn : queryReturn);
        if (held.addAndGet(cargo.weight()) > limit) {
            throw new FrameException("more bytes than the credit that it was given");
        }
    }

    private void drop(@Nullable ByteBuf transfer) {
        if (transfer != null) {
            transferBytes -= transfer.readableBytes();
            transfer.release();
        }
    }

    @Override
    public void close() {
        transfers.values().forEach(ByteBuf::release);
        transfers.clear();
        transferBytes = 0;
    }
}
