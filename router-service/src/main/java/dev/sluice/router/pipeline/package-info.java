/** Actors that are made of other actors: what they consist of, and how the router runs them. */
@NullMarked
package dev.sluice.router.pipeline;

import org.jspecify.annotations.NullMarked;
