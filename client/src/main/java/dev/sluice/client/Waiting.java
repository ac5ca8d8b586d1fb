package dev.sluice.client;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Waits on the caller's thread. */
final class Waiting {

    private Waiting() {}

    /** Null where the result is empty. */
    static <T> @Nullable T on(Mono<T> result) {
        requireMayBlock();
        CompletableFuture<T> future = result.toFuture();
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        }
    }

    static <T> T onValue(Mono<T> result) {
        T value = on(result);
        if (value == null) {
            throw new SluiceException(ErrorCode.FAILED, "The query ended without a result.");
        }
        return value;
    }

    /** Not where whatever it waits for would have to happen. */
    static void requireMayBlock() {
        if (Schedulers.isInNonBlockingThread()) {
            throw new IllegalStateException(
                    "The thread " + Thread.currentThread().getName()
                            + " must not block: use reactive() there, or Schedulers.boundedElastic().");
        }
    }

    static SluiceException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new SluiceException(
                ErrorCode.CANCELLED, "The thread that waited was interrupted; the query is given up.", null, cause);
    }

    /** It happened on another thread: where the caller waited is added, once. */
    static RuntimeException failed(@Nullable Throwable cause) {
        RuntimeException failure = cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
        if (Stream.of(failure.getSuppressed()).noneMatch(Waited.class::isInstance)) {
            failure.addSuppressed(new Waited());
        }
        return failure;
    }

    private static final class Waited extends Exception {

        private static final long serialVersionUID = 1L;

        Waited() {
            super("The caller waited here");
        }
    }
}
