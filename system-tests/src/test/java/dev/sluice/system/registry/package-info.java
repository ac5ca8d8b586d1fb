/** Registries, in which services find each other, and the services as they are built for them. */
@NullMarked
package dev.sluice.system.registry;

import org.jspecify.annotations.NullMarked;
