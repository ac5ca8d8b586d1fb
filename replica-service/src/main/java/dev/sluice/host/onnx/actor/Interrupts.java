package dev.sluice.host.onnx.actor;

import dev.sluice.host.onnx.session.RunStop;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops what replicas have ONNX Runtime do when they are interrupted, which native code does not notice. One look at all of
 * them every now and then, while there are any: most batches are over before the first. Thread-safe.
 */
public final class Interrupts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Interrupts.class);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Set<Watch> watched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "sluice-model-interrupts");
        thread.setDaemon(true);
        return thread;
    });

    /** From now on, until it is ended, an interrupt of this thread stops what was given this. */
    Watch watch(Thread replica, RunStop stop) {
        Watch watch = new Watch(replica, stop);
        watched.add(watch);
        lookSoon();
        return watch;
    }

    private void lookSoon() {
        if (!watched.isEmpty() && looking.compareAndSet(false, true)) {
            try {
                timer.schedule(this::look, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                log.trace("The host ends: batches go on to their end.");
            }
        }
    }

    private void look() {
        watched.forEach(Watch::look);
        looking.set(false);
        lookSoon();
    }

    /** After this, batches go on to their end. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Of one batch. */
    final class Watch {

        private final Thread replica;
        private final RunStop stop;
        private boolean over;

        private Watch(Thread replica, RunStop stop) {
            this.replica = replica;
            this.stop = stop;
        }

        private synchronized void look() {
            if (over || !replica.isInterrupted()) {
                return;
            }
            try {
                stop.stop();
            } catch (RuntimeException e) {
                log.warn("A batch that nobody waits for could not be stopped.", e);
            }
        }

        /** Whatever interrupts the thread from now on is meant for something else. */
        synchronized void end() {
            over = true;
            watched.remove(this);
        }
    }
}
