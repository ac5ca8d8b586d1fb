package dev.sluice.common.link;

import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Frame.Hello;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** An open link to one peer. All methods are thread-safe and never block. */
public interface Link {

    /** What the peer said of itself. */
    Hello peer();

    /** The other end of the connection: where this process connected, that is where the peer accepts links. */
    InetSocketAddress peerAddress();

    /**
     * Sends a frame, when its turn and its credit come. Cargo in it becomes the link's and is released by it, also where the
     * link is closed.
     */
    void send(Frame frame);

    /** Like {@link #send}, but the frame may wait for the next {@link #flush} or {@link #send}: for several in a row. */
    void enqueue(Frame frame);

    void flush();

    /** Takes a query back: it is not written if it has not been, else the peer is told. */
    void cancel(long exchange, Cargo cargo);

    /** The last measured time of a ping and its answer, in nanoseconds; 0 before the first. */
    long roundTripNanos();

    /** Ends the link; the handler is told once. */
    void close(String reason);

    boolean isOpen();

    /**
     * Whether the peer has got every query and result that was sent: nothing is lost by closing the link now. The peer is asked
     * for that, so the answer comes with a later call.
     */
    boolean isFlushed();

    /** The event loop that reads and writes this link; frames are handed to the handler on it. */
    Executor executor();
}
