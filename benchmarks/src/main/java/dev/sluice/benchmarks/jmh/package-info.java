/** The JMH benchmarks that the commands of this module run, and what they share. */
@NullMarked
package dev.sluice.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
