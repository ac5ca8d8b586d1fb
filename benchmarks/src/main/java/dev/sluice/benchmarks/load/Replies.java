package dev.sluice.benchmarks.load;

/** What an open load hears; on the generator's thread. Times are {@link System#nanoTime()}. */
public interface Replies {

    /** A request of this kind is meant to leave at this moment; exactly one of the others follows. */
    void offered(int kind, long intended);

    /**
     * @param reply valid only during the call
     * @param bodyStart where the body begins in it
     */
    void replied(int kind, long intended, long now, int status, byte[] reply, int bodyStart, int bodyLength);

    /** No reply came, or none that can be read. */
    void lost(int kind, long intended, String why);
}
