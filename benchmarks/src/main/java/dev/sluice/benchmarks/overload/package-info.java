/** Goodput of the whole platform under loads that it cannot carry. */
@NullMarked
package dev.sluice.benchmarks.overload;

import org.jspecify.annotations.NullMarked;
