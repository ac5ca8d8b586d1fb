package dev.sluice.common.link;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection whose link has ended here: what was written last still has to leave, and the peer to find out by
 * itself, so it is given a little time to end its side. Event loop only.
 */
final class Closing {

    private final LinkEnd connection;
    private final Runnable stopReading;
    private @Nullable ScheduledFuture<?> timer;
    private boolean done;

    Closing(LinkEnd connection, Runnable stopReading) {
        this.connection = connection;
        this.stopReading = stopReading;
    }

    /** Nothing more is to be written. */
    void waitForPeer(long nanos) {
        try {
            timer = connection.channel().eventLoop().schedule(this::cut, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            cut();
        }
    }

    /** The peer has ended its side. */
    void peerIsDone() {
        if (begin()) {
            connection.disconnect();
        }
    }

    /** The peer is gone, or took too long. */
    void cut() {
        if (begin()) {
            connection.cut();
        }
    }

    private boolean begin() {
        boolean first = !done;
        done = true;
        if (first) {
            if (timer != null) {
                timer.cancel(false);
            }
            stopReading.run();
        }
        return first;
    }
}
