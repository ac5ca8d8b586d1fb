/** What a step of a pipeline costs: bench pipeline. */
@NullMarked
package dev.sluice.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
