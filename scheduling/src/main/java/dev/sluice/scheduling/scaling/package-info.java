/**
 * How many replicas an actor needs, reckoned from what is asked of it and from what a row costs.
 *
 * <p>Like the core it is plain Java and passive: whoever owns an {@link dev.sluice.scheduling.scaling.Autoscaler} tells it
 * what it sees and what time it is, several times a second, and carries out what it answers. Not thread-safe.
 */
@NullMarked
package dev.sluice.scheduling.scaling;

import org.jspecify.annotations.NullMarked;
