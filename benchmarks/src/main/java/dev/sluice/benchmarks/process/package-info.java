/** What other processes of this machine use: CPU time and memory. */
@NullMarked
package dev.sluice.benchmarks.process;

import org.jspecify.annotations.NullMarked;
