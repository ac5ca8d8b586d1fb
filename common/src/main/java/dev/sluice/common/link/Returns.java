package dev.sluice.common.link;

import dev.sluice.common.wire.Cargo.CreditReturn;
import dev.sluice.common.wire.Frame;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Credit that goes back to the peer: with the next frames that leave anyway, or by itself when much has come together or the
 * link says so. Thread-safe.
 */
final class Returns {

    private static final long MUCH = 1024 * 1024;

    private final AtomicLong queryBytes = new AtomicLong();
    private final AtomicLong resultBytes = new AtomicLong();
    private volatile boolean due;

    CreditReturn forQueries(Runnable wake) {
        return bytes -> add(queryBytes, bytes, wake);
    }

    CreditReturn forResults(Runnable wake) {
        return bytes -> add(resultBytes, bytes, wake);
    }

    private static void add(AtomicLong to, long bytes, Runnable wake) {
        if (to.addAndGet(bytes) >= MUCH) {
            wake.run();
        }
    }

    /** Whatever there is goes back with the next drain. */
    void flush() {
        due = true;
    }

    /** @param company whether other frames leave now */
    Frame.@Nullable Credit take(boolean company) {
        long queries = queryBytes.get();
        long results = resultBytes.get();
        if (queries + results == 0 || !(company || due || queries >= MUCH || results >= MUCH)) {
            return null;
        }
        due = false;
        return new Frame.Credit(queryBytes.getAndSet(0), resultBytes.getAndSet(0));
    }
}
