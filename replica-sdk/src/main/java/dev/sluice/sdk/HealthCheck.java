package dev.sluice.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of an actor that tells whether this instance can still serve: {@code void}, or {@code boolean}, without parameters.
 * One that throws, or answers {@code false}, has its replica replaced. It is called every {@code sluice.host.health-check} on the
 * replica's own thread while that has nothing else to do, so it must be quick: queries wait for it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface HealthCheck {}
