package dev.sluice.common.link;

/**
 * Whether the peer has got what was written: it has once it answers a ping that was written after. What is only with the
 * connection is lost when that is closed while the peer is slow to read. Event loop only, but for {@link #covers}.
 */
final class Receipt {

    private long askedFor;
    private long askedNanos;
    private volatile long covered;

    /** Whether so many frames with queries and results have arrived. Any thread. */
    boolean covers(long frames) {
        return covered >= frames;
    }

    /** Whether a ping is needed to find out; it is then to be sent with this number. */
    boolean ask(long frames, long now) {
        if (askedFor >= frames) {
            return false;
        }
        askedFor = frames;
        askedNanos = now;
        return true;
    }

    /** A ping was answered. */
    void answered(long sentNanos) {
        if (sentNanos == askedNanos) {
            covered = askedFor;
        }
    }
}
