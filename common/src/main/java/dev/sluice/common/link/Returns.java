package dev.sluice.common.link;

import dev.sluice.common.wire.Cargo.CreditReturn;
import dev.sluice.common.wire.Frame;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Credit that goes back to the peer: with the next frames that leave anyway, the pings of an idle link at the latest, or by
 * itself when much of what the peer was given has come together. Thread-safe.
 */
final class Returns {

    private static final long MUCH = 1024 * 1024;
    private static final int SHARE = 4;

    private final AtomicLong queryBytes = new AtomicLong();
    private final AtomicLong resultBytes = new AtomicLong();
    private volatile boolean due;

    /** @param credit what the peer was given for queries */
    CreditReturn forQueries(long credit, Runnable wake) {
        return to(queryBytes, credit, wake);
    }

    /** @param credit what the peer was given for results */
    CreditReturn forResults(long credit, Runnable wake) {
        return to(resultBytes, credit, wake);
    }

    private CreditReturn to(AtomicLong total, long credit, Runnable wake) {
        long much = Math.min(MUCH, credit / SHARE);
        return bytes -> {
            if (total.addAndGet(bytes) >= much) {
                due = true;
                wake.run();
            }
        };
    }

    /** @param company whether other frames leave now */
    Frame.@Nullable Credit take(boolean company) {
        if (!company && !due) {
            return null;
        }
        due = false;
        if (queryBytes.get() + resultBytes.get() == 0) {
            return null;
        }
        return new Frame.Credit(queryBytes.getAndSet(0), resultBytes.getAndSet(0));
    }
}
