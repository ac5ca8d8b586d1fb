/** Arrivals become batches: one Reactor operator around the scheduling core. */
@NullMarked
package dev.sluice.router.batching;

import org.jspecify.annotations.NullMarked;
