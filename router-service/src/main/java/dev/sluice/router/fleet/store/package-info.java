/** Where what is wanted of the fleet is kept. */
@NullMarked
package dev.sluice.router.fleet.store;

import org.jspecify.annotations.NullMarked;
