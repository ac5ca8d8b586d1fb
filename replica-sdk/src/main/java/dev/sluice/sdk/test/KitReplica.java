package dev.sluice.sdk.test;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Runs an instance as a host would: batch after batch, on a thread of its own that is not lent before a batch ended. */
final class KitReplica implements AutoCloseable {

    private static final long CLOSE_SECONDS = 5;

    private final ActorInstance instance;
    private final Wire wire;
    private final Duration timeout;
    private final ExecutorService thread;

    KitReplica(String actor, ActorInstance instance, Wire wire, Duration timeout) {
        this.instance = instance;
        this.wire = wire;
        this.timeout = timeout;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread replica = new Thread(task, "sluice-" + actor);
            replica.setDaemon(true);
            return replica;
        });
    }

    List<Reply> run(String method, List<?> values) {
        Future<List<Reply>> batch = submit(() -> runBatch(method, values));
        try {
            return batch.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            batch.cancel(true);
            throw new QueryException(ErrorCode.EXPIRED, method + " did not end within " + timeout + ".");
        } catch (InterruptedException interrupted) {
            batch.cancel(true);
            Thread.currentThread().interrupt();
            throw new QueryException(ErrorCode.CANCELLED, "The test was interrupted while " + method + " ran.");
        } catch (CancellationException closed) {
            throw new QueryException(ErrorCode.CANCELLED, "The actor was closed while " + method + " ran.");
        } catch (ExecutionException broken) {
            throw new IllegalStateException("The batch could not be run", broken.getCause());
        }
    }

    Flux<Reply> stream(String method, @Nullable Object value) {
        return Flux.create(subscriber -> submit(() -> {
            try {
                runStream(method, value, subscriber);
            } catch (InterruptedException | RuntimeException broken) {
                subscriber.error(broken);
            }
            return List.of();
        }));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The actor still runs " + CLOSE_SECONDS
                        + " s after it was interrupted: code that blocks has to heed interrupts.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            instance.close();
        }
    }

    private Future<List<Reply>> submit(Callable<List<Reply>> batch) {
        try {
            return thread.submit(batch);
        } catch (RejectedExecutionException closed) {
            throw new QueryException(ErrorCode.UNAVAILABLE, "The actor is closed.");
        }
    }

    private List<Reply> runBatch(String method, List<?> values) throws InterruptedException {
        List<Input> inputs = new ArrayList<>(values.size());
        try {
            for (Object value : values) {
                inputs.add(wire.input(value));
            }
            ReplyCollector replies = new ReplyCollector(inputs.size(), wire.json());
            Disposable running = instance.run(method, inputs, replies);
            try {
                replies.await();
            } finally {
                running.dispose();
            }
            return replies.replies();
        } finally {
            inputs.forEach(input -> input.body().release());
        }
    }

    private void runStream(String method, @Nullable Object value, FluxSink<Reply> subscriber)
            throws InterruptedException {
        Input input = wire.input(value);
        try {
            StreamEmitter emitter = new StreamEmitter(subscriber, wire.json());
            Disposable running = instance.run(method, List.of(input), emitter);
            try {
                emitter.await();
            } finally {
                running.dispose();
            }
        } finally {
            input.body().release();
        }
    }
}
