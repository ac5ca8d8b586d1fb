package dev.sluice.sdk.host;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Inputs of batches that wait for other actors, as far as routers have their credit for them back: the calls that these batches make need
 * it. Above the limit they keep it, so that their routers send less. Thread-safe.
 */
final class LentBytes {

    /** As much again as a link's credit is unless set. */
    private static final long MOST = 256L << 20;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    LentBytes() {
        this(MOST);
    }

    LentBytes(long most) {
        this.most = most;
    }

    /** Room for so many; false, and nothing changes, where there is none. */
    boolean take(long bytes) {
        long before;
        do {
            before = held.get();
            if (bytes > most - before) {
                return false;
            }
        } while (!held.compareAndSet(before, before + bytes));
        return true;
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }
}
