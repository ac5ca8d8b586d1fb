/** What an actor is, as the tiers tell each other. */
@NullMarked
package dev.sluice.common.actor;

import org.jspecify.annotations.NullMarked;
