package dev.sluice.common.concurrent;

import java.util.concurrent.atomic.AtomicLong;

/** What the queries in this process hold together, in bytes, and the most that it may be. Thread-safe. */
public final class RetainedBytes {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    public RetainedBytes(long most) {
        this.most = most;
    }

    public boolean take(long bytes) {
        if (held.addAndGet(bytes) > most) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    public void give(long bytes) {
        held.addAndGet(-bytes);
    }

    /** Makes what one holder has into another amount, at once; where there is no room for more it keeps what it has. */
    public boolean change(long had, long wanted) {
        if (wanted > had) {
            return take(wanted - had);
        }
        give(had - wanted);
        return true;
    }

    public long most() {
        return most;
    }

    public long held() {
        return held.get();
    }
}
