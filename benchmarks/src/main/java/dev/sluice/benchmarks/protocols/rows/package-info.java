/** A million rows through Arrow Flight, by the tiers and by a bare server. */
@NullMarked
package dev.sluice.benchmarks.protocols.rows;

import org.jspecify.annotations.NullMarked;
