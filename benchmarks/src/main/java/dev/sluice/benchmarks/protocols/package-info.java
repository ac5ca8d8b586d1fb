/** Every protocol of a frontend beside native HTTP, and a million rows by Arrow Flight: bench protocols. */
@NullMarked
package dev.sluice.benchmarks.protocols;

import org.jspecify.annotations.NullMarked;
