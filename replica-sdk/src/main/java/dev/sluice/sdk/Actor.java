package dev.sluice.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Publishes a class under a name. Every public method with one argument is servable: {@code call} is the default, others
 * are reached by their name. One instance of the class is one replica; it is only ever used by one batch at a time.
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

    /** One line for people, shown by {@code GET /} and {@code GET /{actor}}. */
    String description() default "";
}
