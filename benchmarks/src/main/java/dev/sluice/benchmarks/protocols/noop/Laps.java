package dev.sluice.benchmarks.protocols.noop;

import dev.sluice.benchmarks.protocols.noop.NoopClient.Driven;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The clock of one drive. Thread-safe. */
final class Laps {

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long PATIENCE_SECONDS = 20;

    private final Histogram latencies = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch underWay;
    private final long measuredFrom;
    private final long measuredUntil;

    Laps(int inFlight, Duration leadIn, Duration measured) {
        underWay = new CountDownLatch(inFlight);
        measuredFrom = System.nanoTime() + leadIn.toNanos();
        measuredUntil = measuredFrom + measured.toNanos();
    }

    /** One query has its answer. Whether it is followed by another. */
    boolean answered(long sentAt) {
        long now = System.nanoTime();
        boolean over = now - measuredUntil >= 0;
        if (!over && now - measuredFrom >= 0) {
            latencies.recordValue(Math.min(now - sentAt, LONGEST_NANOS));
        }
        if (over || failure.get() != null) {
            underWay.countDown();
            return false;
        }
        return true;
    }

    /** Ends the drive. */
    void failed(Throwable cause) {
        failure.compareAndSet(null, cause);
        while (underWay.getCount() > 0) {
            underWay.countDown();
        }
    }

    /** Waits for the end. @throws IOException where something failed, or an answer is missing long after it */
    Driven result() throws IOException, InterruptedException {
        long patience = measuredUntil - System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean ended = underWay.await(patience, TimeUnit.NANOSECONDS);
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IOException(cause.getMessage(), cause);
        }
        if (!ended) {
            throw new IOException(underWay.getCount() + " queries got no answer");
        }
        return new Driven(
                latencies.getTotalCount() * 1e9 / (measuredUntil - measuredFrom),
                latencies.getValueAtPercentile(50) / 1e6);
    }
}
