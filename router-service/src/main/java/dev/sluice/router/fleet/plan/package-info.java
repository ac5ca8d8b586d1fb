/**
 * What is to be done so that the fleet becomes what is wanted: pure functions of wanted and actual. Time is passed in, nothing
 * here waits or sends.
 */
@NullMarked
package dev.sluice.router.fleet.plan;

import org.jspecify.annotations.NullMarked;
