/** What operators want of actors, as data. */
@NullMarked
package dev.sluice.router.fleet.goal;

import org.jspecify.annotations.NullMarked;
