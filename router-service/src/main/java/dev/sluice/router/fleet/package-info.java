/** The routers run the fleet: what is wanted of actors, where their replicas run, and how versions replace each other. */
@NullMarked
package dev.sluice.router.fleet;

import org.jspecify.annotations.NullMarked;
