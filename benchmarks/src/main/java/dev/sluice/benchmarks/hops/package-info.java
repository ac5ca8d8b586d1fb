/** The {@code hops} bench: what the way through three tiers costs, against a bare WebFlux echo. */
@NullMarked
package dev.sluice.benchmarks.hops;

import org.jspecify.annotations.NullMarked;
