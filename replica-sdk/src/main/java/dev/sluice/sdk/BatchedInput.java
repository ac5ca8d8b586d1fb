package dev.sluice.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method is called once with a micro-batch: it takes a {@code List<T>} or an array, which are its own to change, and
 * returns as many results, in the same order, or a {@code List<Result<R>>} to fail some of them. It may return them later,
 * in a {@code Mono} or {@code CompletionStage}. If it throws, all queries of the batch fail; those of an {@linkplain
 * Actor#idempotent() idempotent} actor are tried again in halves, so that only the poisonous ones do.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface BatchedInput {

    /** Queries that one call may hold, at least 1. */
    int maxBatchSize() default 64;

    /** How long the {@code fifo} scheduler waits for a batch to fill, as {@code 5ms}; a free replica takes what is there. */
    String maxWait() default "0ms";
}
