package dev.sluice.common.link;

import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one class, in order, each of which leaves when the credit for all its cargo is there. Of credit nothing is lost
 * or made up: what is here, what frames took and what the peer has yet to give back are what it granted at first.
 *
 * <p>Any thread may offer; all else is for the link's event loop.
 */
final class Lane {

    private static final int CHUNK = 256;
    private static final int FEW = 16;

    private final Queue<Frame> arrivals = new MpscUnboundedArrayQueue<>(CHUNK);
    private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private long granted;
    private long credit;

    /** Any thread. */
    void offer(Frame frame) {
        arrivals.offer(frame);
    }

    /** Any thread: whether nothing was offered that the drain loop has not seen. */
    boolean isDrained() {
        return arrivals.isEmpty();
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Any thread: a frame that may still be here was cancelled. */
    void cancelledOne() {
        cancelled.incrementAndGet();
    }

    /** The peer's first grant. */
    void open(long bytes) {
        granted = bytes;
        credit = bytes;
    }

    /** @throws FrameException where the peer gives back what was never taken */
    void grant(long bytes) {
        if (bytes > granted - credit) {
            throw new FrameException("more credit back than was taken");
        }
        credit += bytes;
    }

    /** Credit of cargo that was not written in the end. */
    void giveBack(long bytes) {
        credit += bytes;
    }

    /**
     * The next frame, its credit taken; null where there is none or its credit is not there yet. A cancelled query does not
     * wait for credit that it gives back at once.
     */
    @Nullable Frame poll() {
        Frame head = waiting.isEmpty() ? arrivals.peek() : waiting.peek();
        if (head == null) {
            return null;
        }
        long weight = Frames.weight(head);
        if (weight > credit && !cancelled(head)) {
            sweep();
            return null;
        }
        credit -= weight;
        return waiting.isEmpty() ? arrivals.poll() : waiting.poll();
    }

    /**
     * Behind a frame that waits for credit, frees the queries that nobody waits for any more: there is no limit to how many
     * there may be. Only when they are many, so that each costs little.
     */
    private void sweep() {
        int gone = cancelled.get();
        if (gone < FEW || gone < (waiting.size() + arrivals.size()) / 2) {
            return;
        }
        cancelled.set(0);
        for (Frame frame = arrivals.poll(); frame != null; frame = arrivals.poll()) {
            waiting.add(frame);
        }
        waiting.removeIf(frame -> {
            boolean drop = cancelled(frame);
            if (drop) {
                Frames.release(frame);
            }
            return drop;
        });
    }

    /** Not batches: the peer answers those, even empty ones. */
    private static boolean cancelled(Frame frame) {
        return frame instanceof Cargo cargo && cargo.cancelled();
    }

    void releaseAll() {
        waiting.forEach(Frames::release);
        waiting.clear();
        for (Frame frame = arrivals.poll(); frame != null; frame = arrivals.poll()) {
            Frames.release(frame);
        }
    }
}
