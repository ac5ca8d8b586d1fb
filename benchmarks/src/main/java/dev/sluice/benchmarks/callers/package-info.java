/** Callers who mind what becomes of each of their queries, and turn to another frontend where one is gone. */
@NullMarked
package dev.sluice.benchmarks.callers;

import org.jspecify.annotations.NullMarked;
