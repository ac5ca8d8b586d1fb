package dev.sluice.sdk.annotated;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where user code is called when the replica's own thread has returned already: to try parts of a batch again whose
 * {@code Mono} failed, and to ask a stream for more. One thread, made when it is needed and gone after a while.
 * Its queue takes no lock: tasks come from event loops as well.
 */
final class Continuation {

    private static final long IDLE_SECONDS = 30;

    private final ClassLoader loader;
    private final ThreadPoolExecutor executor;

    /** @param loader of the user code that is called */
    Continuation(String actor, ClassLoader loader) {
        this.loader = loader;
        executor = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedTransferQueue<>(), task -> thread(actor, loader, task));
        executor.allowCoreThreadTimeOut(true);
    }

    /** Of the user code that is called. */
    ClassLoader loader() {
        return loader;
    }

    /** False where the replica is closed. */
    boolean execute(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    void close() {
        executor.shutdownNow();
    }

    private static Thread thread(String actor, ClassLoader loader, Runnable task) {
        Thread thread = new Thread(task, "sluice-" + actor + "-continuation");
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }
}
