/** A load generator that is light enough to share a small machine with what it measures. */
@NullMarked
package dev.sluice.benchmarks.load;

import org.jspecify.annotations.NullMarked;
