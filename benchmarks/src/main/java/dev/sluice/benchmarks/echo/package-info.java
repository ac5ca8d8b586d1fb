/** What WebFlux can do on this machine without any tiers: the yardstick of the {@code hops} bench. */
@NullMarked
package dev.sluice.benchmarks.echo;

import org.jspecify.annotations.NullMarked;
