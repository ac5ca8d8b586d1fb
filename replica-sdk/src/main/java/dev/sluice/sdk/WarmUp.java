package dev.sluice.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An example of what the method is called with. Before a new replica serves, it runs batches of 1, 2, 4, ... of it, up to the
 * largest that there may be: then the code is warm, and routers know from the first query on how long batches take. A replica
 * whose example fails does not serve. Only for methods that may be called without anybody having asked for it, and that give
 * one result, no stream.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WarmUp {

    /** The input of one query, as JSON. */
    String value();
}
