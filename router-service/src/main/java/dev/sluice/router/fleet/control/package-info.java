/** Carries out what is planned: who controls which actor, what hosts are told, what happened and why. */
@NullMarked
package dev.sluice.router.fleet.control;

import org.jspecify.annotations.NullMarked;
