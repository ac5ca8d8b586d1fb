/**
 * What operators may change about an actor, and what becomes of its goal then: pure functions of what is wanted, what runs and what
 * was asked for.
 */
@NullMarked
package dev.sluice.router.fleet.change;

import org.jspecify.annotations.NullMarked;
