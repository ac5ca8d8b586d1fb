/**
 * The actors file: what is wanted of actors, as an operator writes it. {@link dev.sluice.router.fleet.file.ActorShape} describes it,
 * and from that come both its reader and its JSON Schema.
 */
@NullMarked
package dev.sluice.router.fleet.file;

import org.jspecify.annotations.NullMarked;
