/** A network that can be made bad, between processes of this machine. */
@NullMarked
package dev.sluice.benchmarks.network;

import org.jspecify.annotations.NullMarked;
