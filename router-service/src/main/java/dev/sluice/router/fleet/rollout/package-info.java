/** Whether a version on its way in goes on, waits, or goes back: pure functions of what was counted. */
@NullMarked
package dev.sluice.router.fleet.rollout;

import org.jspecify.annotations.NullMarked;
