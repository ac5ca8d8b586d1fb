package dev.sluice.frontend.zmq;

import dev.sluice.common.concurrent.RetainedBytes;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replies of one client that are in the socket and not yet on their way. ZeroMQ itself counts messages, whatever their size, and
 * does not tell when one has left. The socket's thread adds, ZeroMQ's I/O thread takes away.
 */
final class UnsentReplies {

    private static final long CLOSED = Long.MIN_VALUE;

    private final RetainedBytes all;
    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger replies = new AtomicInteger();

    /**
     * @param all what all clients have unsent, and the most that it may be
     * @param most bytes of this client; one reply may be there whatever its size
     */
    UnsentReplies(RetainedBytes all, long most) {
        this.all = all;
        this.most = most;
    }

    /** False where there is no room. */
    boolean add(long size) {
        long before = bytes.get();
        if (before > 0 && before + size > most || !all.take(size)) {
            return false;
        }
        bytes.addAndGet(size);
        replies.incrementAndGet();
        return true;
    }

    /** Whether there is room for so much where nothing else is unsent. */
    boolean couldTake(long size) {
        return size <= all.most();
    }

    /** For a reply that says that there was no room for another: it is small, and one per query. */
    void addAlways() {
        replies.incrementAndGet();
    }

    void sent(long size) {
        replies.decrementAndGet();
        if (size > 0 && bytes.getAndUpdate(now -> now == CLOSED ? CLOSED : now - size) != CLOSED) {
            all.give(size);
        }
    }

    int replies() {
        return replies.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** The client is gone: nobody will read them. */
    void close() {
        long left = bytes.getAndSet(CLOSED);
        if (left != CLOSED) {
            all.give(left);
        }
    }
}
