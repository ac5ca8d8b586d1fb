package dev.sluice.common.link;

import dev.sluice.common.wire.Frame;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;

/** Frames of one class, in order, each of which leaves when the credit for all its cargo is there. */
final class Lane {

    private static final int CHUNK = 256;

    private final Queue<Frame> frames = new MpscUnboundedArrayQueue<>(CHUNK);
    private final AtomicLong granted = new AtomicLong();
    private long credit;

    /** Any thread. */
    void offer(Frame frame) {
        frames.offer(frame);
    }

    /** Any thread. */
    void grant(long bytes) {
        granted.addAndGet(bytes);
    }

    /** The next frame, its credit taken; null where there is none or its credit is not there yet. Drain loop only. */
    @Nullable Frame poll() {
        Frame head = frames.peek();
        if (head == null) {
            return null;
        }
        long weight = Frames.weight(head);
        if (weight > credit) {
            credit += granted.getAndSet(0);
            if (weight > credit) {
                return null;
            }
        }
        credit -= weight;
        return frames.poll();
    }

    /** Credit of cargo that was not written in the end. Drain loop only. */
    void giveBack(long bytes) {
        credit += bytes;
    }

    /** Drain loop only. */
    void releaseAll() {
        for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
            Frames.release(frame);
        }
    }
}
