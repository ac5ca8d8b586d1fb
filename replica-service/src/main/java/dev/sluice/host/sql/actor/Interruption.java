package dev.sluice.host.sql.actor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts what a run has its database do, again and again until the run has ended: an interrupt that comes before the database has
 * begun is lost. On a thread of its own, since drivers may wait for the network. A connection whose database does not hear of it is
 * given up.
 */
final class Interruption implements Runnable {

    /** After this no run is left that has a connection to give up. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long AGAIN_MILLIS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable SqlSession session;

    /** What the run works with from now on. */
    void of(SqlSession next) {
        session = next;
    }

    /** The run has ended. An interrupt that is under way is waited for: it would hit the next run. */
    void end() {
        synchronized (this) {
            session = null;
        }
        ended.countDown();
    }

    /** Whether the run has ended. */
    boolean isOver() {
        return ended.getCount() == 0;
    }

    /** Waits until the run has ended; false where it has not by then. */
    boolean await(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Begins. Any thread, any number of times. */
    void start(String actor) {
        if (!isOver() && started.compareAndSet(false, true)) {
            Thread thread = new Thread(this, "sql-" + actor + "-interrupt");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        try {
            do {
                cancel();
            } while (!ended.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    && System.nanoTime() - start < PATIENCE.toNanos());
            SqlSession deaf = session;
            if (deaf != null) {
                deaf.abort();
            }
        } catch (InterruptedException e) { // nobody does that
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void cancel() {
        SqlSession interrupted = session;
        if (interrupted != null) {
            interrupted.cancel();
        }
    }
}
