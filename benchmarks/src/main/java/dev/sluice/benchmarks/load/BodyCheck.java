package dev.sluice.benchmarks.load;

/** Whether the body of a reply is right. */
public interface BodyCheck {

    /** @param reply valid only during the call; the body lies in it */
    boolean isRight(byte[] reply, int from, int length);
}
