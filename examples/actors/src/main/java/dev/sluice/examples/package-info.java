/** Actors as a user would write them: each is one class, and the jar of them goes into a host's actors folder. */
@NullMarked
package dev.sluice.examples;

import org.jspecify.annotations.NullMarked;
