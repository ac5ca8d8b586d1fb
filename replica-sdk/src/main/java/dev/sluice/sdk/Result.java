package dev.sluice.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The result of one query of a batch, where some may fail and others not.
 *
 * @param <R> the type of a good result
 */
public sealed interface Result<R> {

    /** A good result. */
    record Ok<R>(@Nullable R value) implements Result<R> {}

    /** This query failed, its neighbours did not; the message reaches the caller. */
    record Failed<R>(String message) implements Result<R> {}

    static <R> Result<R> ok(@Nullable R value) {
        return new Ok<>(value);
    }

    static <R> Result<R> failed(String message) {
        return new Failed<>(message);
    }
}
