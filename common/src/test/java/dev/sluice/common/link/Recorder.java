package dev.sluice.common.link;

import dev.sluice.common.wire.Frame;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what came on the links of one process, in order. */
final class Recorder implements LinkHandler, LinkReceiver {

    final BlockingQueue<Link> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private final Queue<Link> links = new ConcurrentLinkedQueue<>();
    private Link current;

    /** The first link, or the one that was awaited last. */
    Link link() throws InterruptedException {
        if (current == null) {
            next();
        }
        return current;
    }

    /** Waits for one more link. */
    Link next() throws InterruptedException {
        current = await(opened);
        return current;
    }

    Frame frame() throws InterruptedException {
        return await(frames);
    }

    void closeAll() {
        links.forEach(link -> link.close("the test is over"));
    }

    void releaseFrames() {
        for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
            Frames.release(frame);
        }
    }

    @Override
    public LinkReceiver opened(Link link) {
        links.add(link);
        opened.add(link);
        return this;
    }

    @Override
    public void received(Frame frame) {
        frames.add(frame);
    }

    @Override
    public void closed(String reason) {
        closed.add(reason);
    }

    /** However slow the machine: only a test that fails waits so long. */
    static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(1, TimeUnit.MINUTES);
        if (next == null) {
            throw new AssertionError("nothing came within a minute");
        }
        return next;
    }
}
