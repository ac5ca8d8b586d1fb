package dev.sluice.router.dispatch;

import java.util.concurrent.atomic.AtomicLong;

/** All that the queries in this router hold, over all actors, and the most that it may be. Thread-safe. */
final class RetainedBytes {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    RetainedBytes(long most) {
        this.most = most;
    }

    boolean take(long bytes) {
        if (held.addAndGet(bytes) > most) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
