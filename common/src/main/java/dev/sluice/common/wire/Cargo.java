package dev.sluice.common.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What holds the bytes of a query's input or of a result: meta and body in one buffer, passed from tier to tier as it
 * came. Whoever was handed a cargo owns it and calls {@link #release()} exactly once. Not thread-safe.
 */
public abstract sealed class Cargo permits QueryFrame, ResultFrame, BatchItem {

    /** What a cargo counts for beyond its bytes where bytes are limited. */
    public static final int OVERHEAD_BYTES = 64;

    private static final int LARGEST_UNPINNED = 16 * 1024;

    private final int metaLength;
    private final int size;
    private ByteBuf data;
    private long ref;
    private @Nullable CreditReturn creditReturn;
    private volatile boolean cancelled;
    private volatile boolean written;
    private boolean skipped;

    /** @param data meta and body; becomes the cargo's own */
    protected Cargo(int metaLength, ByteBuf data) {
        this.metaLength = metaLength;
        this.data = data;
        this.size = data.readableBytes();
    }

    /** As decoded, with the bytes still to come: see {@link #attach}. */
    Cargo(int metaLength, int size, long ref, @Nullable ByteBuf data) {
        this.metaLength = metaLength;
        this.size = size;
        this.ref = ref;
        this.data = data == null ? Unpooled.EMPTY_BUFFER : data;
    }

    /** Bytes of meta and body together. */
    public final int size() {
        return size;
    }

    public final int metaLength() {
        return metaLength;
    }

    public final int bodyBytes() {
        return size - metaLength;
    }

    /** What this cargo takes of credit and of limits in bytes. */
    public final long weight() {
        return (long) size + OVERHEAD_BYTES;
    }

    /** Meta and body; not retained for the caller, whose reads must not move its indices. */
    public final ByteBuf data() {
        return data;
    }

    /** @throws FrameException where the meta is damaged */
    public final Meta meta() {
        return Meta.decode(data, metaLength);
    }

    /** The body; not retained for the caller. */
    public final ByteBuf body() {
        return data.slice(data.readerIndex() + metaLength, size - metaLength);
    }

    /** Copies a small payload out of the larger receive buffer that it would keep from being used again. */
    public final void unpin(ByteBufAllocator allocator) {
        if (size > LARGEST_UNPINNED || data.unwrap() == null) {
            return;
        }
        ByteBuf copy = allocator.buffer(size, size).writeBytes(data, data.readerIndex(), size);
        data.release();
        data = copy;
    }

    /** Frees the bytes and gives the credit that they took back to the peer that sent them. */
    public final void release() {
        data.release();
        returnCredit();
    }

    /**
     * Gives the credit back before the bytes are freed: for who limits them in another way, and needs the credit for what has to happen
     * before that.
     */
    public final void returnCredit() {
        CreditReturn back = creditReturn;
        if (back != null) {
            creditReturn = null;
            back.released(weight());
        }
    }

    /** Keeps this cargo from being written, if it has not been yet. Any thread. */
    public final void cancel() {
        cancelled = true;
    }

    public final boolean cancelled() {
        return cancelled;
    }

    /** Whether the frame that says what to do with this cargo was given to the connection: the peer may have acted on it. */
    public final boolean written() {
        return written;
    }

    /**
     * The moment of writing. Who cancels sets one flag and then reads the other, who writes the other way round, so that at
     * least one of them sees both. Only for the link.
     */
    public final void seal() {
        written = true;
        skipped = cancelled;
    }

    /** Whether the cargo was cancelled before it was sealed, and so is not written. Only for the link. */
    public final boolean skipped() {
        return skipped;
    }

    /** Names the chunked payload that the bytes travel in; 0: in the frame itself. Only for the link. */
    public final void ref(long payload) {
        this.ref = payload;
    }

    public final long ref() {
        return ref;
    }

    /** Hands over the bytes that came in chunks. Only for the link. */
    public final void attach(ByteBuf bytes) {
        this.data = bytes;
        this.ref = 0;
    }

    /** The bytes are now held by another cargo, which gives the credit back. */
    final void moveCreditTo(Cargo other) {
        other.creditReturn = creditReturn;
        creditReturn = null;
    }

    /** Only for the link. */
    public final void creditReturn(CreditReturn back) {
        this.creditReturn = back;
    }

    /** Where the credit of a cargo goes when it is released. Thread-safe. */
    public interface CreditReturn {
        void released(long bytes);
    }
}
