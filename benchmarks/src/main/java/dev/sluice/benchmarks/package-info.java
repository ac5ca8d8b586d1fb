/**
 * Measurements of Sluice that anyone can repeat: one command each, a table and JSON out.
 *
 * <p>What cannot be had from outside of the link, {@code OutboxBenchmark} with what it needs and {@code LinkProbe}, sits in the package
 * {@code dev.sluice.common.link}: guests there, which {@code common} does not know.
 */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
