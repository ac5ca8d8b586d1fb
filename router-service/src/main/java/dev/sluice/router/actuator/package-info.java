/** What operators see through Actuator. */
@NullMarked
package dev.sluice.router.actuator;

import org.jspecify.annotations.NullMarked;
