package dev.sluice.host.onnx.config;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that help replicas of models with their batches. After they are closed, replicas do without. */
final class ModelThreads implements Executor, AutoCloseable {

    private final ExecutorService threads;

    ModelThreads(int count) {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "sluice-model-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            // Nobody waits for work that was not begun.
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
