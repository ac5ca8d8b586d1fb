/** Valid input with something changed, for every door of running processes, and whether they stay well. */
@NullMarked
package dev.sluice.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
