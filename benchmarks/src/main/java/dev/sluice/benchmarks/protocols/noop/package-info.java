/** One actor that does nothing, asked over every protocol. */
@NullMarked
package dev.sluice.benchmarks.protocols.noop;

import org.jspecify.annotations.NullMarked;
