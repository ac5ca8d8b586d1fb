/** What routers ask hosts to run: versions of actors, and replicas of them. */
@NullMarked
package dev.sluice.common.placement;

import org.jspecify.annotations.NullMarked;
