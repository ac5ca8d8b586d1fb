package dev.sluice.host.onnx.actor;

import dev.sluice.host.onnx.session.RunStop;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Stops what a replica has ONNX Runtime do when the replica is interrupted, which native code does not notice. */
public final class Interrupts implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 20;

    private final ScheduledThreadPoolExecutor timer;

    public Interrupts() {
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "sluice-model-interrupts");
            thread.setDaemon(true);
            return thread;
        });
        // Most batches are over before the first look.
        timer.setRemoveOnCancelPolicy(true);
    }

    /** @return to be cancelled when the batch is done */
    Future<?> watch(Thread replica, RunStop stop) {
        return timer.scheduleWithFixedDelay(
                () -> {
                    if (replica.isInterrupted()) {
                        stop.stop();
                    }
                },
                LOOK_EVERY_MILLIS,
                LOOK_EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
