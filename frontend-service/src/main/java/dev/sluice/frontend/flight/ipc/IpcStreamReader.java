package dev.sluice.frontend.flight.ipc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/** Takes a stream apart as its pieces come; bodies are slices of them. Not thread-safe. */
public final class IpcStreamReader implements AutoCloseable {

    private static final int LARGEST_HEAD = 16 * 1024 * 1024;

    private final PieceQueue waiting = new PieceQueue();
    private byte @Nullable [] head;
    private long bodyLength;
    private boolean continued;
    private boolean ended;

    /** @param piece belongs to the reader from here on */
    public void feed(ByteBuf piece) {
        if (piece.isReadable() && !ended) {
            waiting.add(piece);
        } else {
            piece.release();
        }
    }

    /**
     * The next message, as far as it has come; null where it has not. The caller releases it.
     *
     * @throws NotArrowException for what is no stream
     */
    public @Nullable IpcMessage next() {
        if (!ended && (head != null || readHead())) {
            byte[] known = head;
            return known == null || waiting.bytes() < bodyLength ? null : message(known);
        }
        return null;
    }

    /** False where more is to be read. A stream ends by its last mark, or just ends. */
    public boolean isWhole() {
        return ended || head == null && !continued && waiting.bytes() == 0;
    }

    /** Whether one was read. */
    private boolean readHead() {
        if (waiting.bytes() >= Integer.BYTES && !continued && waiting.peekInt() == IpcStreamWriter.CONTINUES) {
            waiting.skipInt();
            continued = true;
        }
        if (waiting.bytes() < Integer.BYTES) {
            return false;
        }
        int size = waiting.peekInt();
        if (size == 0) {
            ended = true;
            return false;
        }
        if (size < 0 || size > LARGEST_HEAD) {
            throw new NotArrowException("What stands where a head should be is none.");
        }
        if (waiting.bytes() - Integer.BYTES < size) {
            return false;
        }
        waiting.skipInt();
        continued = false;
        byte[] read = bytes(size);
        bodyLength = IpcHead.of(read).bodyLength();
        if (bodyLength > Integer.MAX_VALUE) {
            throw new NotArrowException("A record batch of " + bodyLength + " bytes is too large.");
        }
        head = read;
        return true;
    }

    private byte[] bytes(int size) {
        ByteBuf taken = waiting.take(size);
        try {
            return ByteBufUtil.getBytes(taken);
        } finally {
            taken.release();
        }
    }

    private IpcMessage message(byte[] known) {
        IpcMessage.Kind kind = IpcHead.of(known).kind();
        head = null;
        return new IpcMessage(known, kind, waiting.take((int) bodyLength));
    }

    @Override
    public void close() {
        ended = true;
        waiting.release();
    }
}
