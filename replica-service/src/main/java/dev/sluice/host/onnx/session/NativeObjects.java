package dev.sluice.host.onnx.session;

import java.util.concurrent.atomic.AtomicLong;

/** How many objects outside the heap are open: what is not closed stays for the life of the process. Thread-safe. */
public final class NativeObjects {

    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong values = new AtomicLong();

    void sessionOpened() {
        sessions.incrementAndGet();
    }

    void sessionClosed() {
        sessions.decrementAndGet();
    }

    void valuesOpened(int count) {
        values.addAndGet(count);
    }

    void valuesClosed(int count) {
        values.addAndGet(-count);
    }

    /** Models in memory. */
    public long sessions() {
        return sessions.get();
    }

    /** Tensors, sequences and maps in memory. */
    public long values() {
        return values.get();
    }
}
