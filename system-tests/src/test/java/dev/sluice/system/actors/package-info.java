/** Actors that misbehave, watch themselves or take their time; packed into a jar and run by the hosts under test. */
@NullMarked
package dev.sluice.system.actors;

import org.jspecify.annotations.NullMarked;
