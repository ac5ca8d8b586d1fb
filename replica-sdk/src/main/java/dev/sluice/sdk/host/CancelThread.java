package dev.sluice.sdk.host;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where one replica's user code hears that nobody waits any more. It may block, and is to hold up neither an event loop, nor
 * the replica's own thread, nor other replicas. Made when it is needed and gone after a while. Its queue takes no lock.
 */
final class CancelThread implements Executor {

    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor executor;

    CancelThread(String replica) {
        executor = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedTransferQueue<>(), task -> thread(replica, task));
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable cancel) {
        executor.execute(cancel);
    }

    /** Completes when all that it was given so far has been done. */
    CompletableFuture<Void> done() {
        // Where there is no thread, there is nothing to wait for, and none is made.
        return executor.getPoolSize() == 0
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> {}, this);
    }

    private static Thread thread(String replica, Runnable task) {
        Thread thread = new Thread(task, "replica-" + replica + "-cancel");
        thread.setDaemon(true);
        return thread;
    }
}
