package dev.sluice.sdk;

import dev.sluice.common.actor.SchedulerNames;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Publishes a class under a name. Its methods with one parameter are served: {@code call} is the default, others are
 * reached by their name, which one method alone may have. Of a public class those are the public methods; of a class that
 * is not public, the package-private ones as well. Make private what is not to be served.
 *
 * <p>One instance of the class is one replica; only one batch at a time uses it, on the replica's own thread, which may be
 * blocked. A method without {@link BatchedInput} is called once per query, in the order of the batch. It may return its
 * result, a {@link Result}, a {@code Mono} or {@code CompletionStage}, whose work may overlap with that for other queries
 * of the same batch, or a {@code Flux} to stream several results. Inputs and results are JSON, except that {@link
 * Content} and {@code byte[]} take and give any body as it is, and {@code String} also takes {@code text/*}.
 *
 * <p>A class that is {@link AutoCloseable} is closed when its replica ends. What a method throws fails its query as {@code
 * FAILED}; to blame the input, throw a {@link dev.sluice.common.error.QueryException} of {@code INVALID_INPUT}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Actor {

    /** The published name: letters, digits, {@code -}, {@code _} and {@code .}; the first segment of the actor's path. */
    String value();

    String version() default "1";

    /** Whether a query may be run again when a host was lost and nobody knows if it had run. */
    boolean idempotent() default false;

    /** The SLO of queries that name none, as {@code 50ms}, {@code 2s}; empty: the platform's default of 30 s. */
    String slo() default "";

    /**
     * How queries are ordered: {@code deadline}, the most urgent first, and what cannot be answered in time is refused at
     * once; or {@code fifo}, in the order of arrival, for methods whose time nobody can learn from the last ones.
     */
    String scheduler() default SchedulerNames.DEADLINE;

    /** One line for people, shown by {@code GET /} and {@code GET /{actor}}. */
    String description() default "";
}
