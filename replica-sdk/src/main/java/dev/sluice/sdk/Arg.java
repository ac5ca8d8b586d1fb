package dev.sluice.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A constructor argument of an actor; its value comes from configuration ({@code sluice.actors.NAME.args.KEY}). */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Arg {

    /** The key of the argument. */
    String value();

    /** The value where configuration gives none, converted as a configured one would be. */
    String defaultValue() default NONE;

    /** Marks the absence of a default: the argument must then be configured. */
    String NONE = "\u0000";
}
