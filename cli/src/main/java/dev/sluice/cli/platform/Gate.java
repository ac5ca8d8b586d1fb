package dev.sluice.cli.platform;

/** Closed once and for all when a platform ends: what went through before is seen by who closes it, and nothing goes through later. */
final class Gate {

    private volatile boolean closed;

    boolean closed() {
        return closed;
    }

    /** @throws PlatformException where it is closed */
    synchronized void through(Runnable start) {
        if (closed) {
            throw new PlatformException("The start was cancelled: the platform has been told to end.");
        }
        start.run();
    }

    /** Returns when whoever was on the way through it is. */
    synchronized void close() {
        closed = true;
    }
}
