/** Turns annotated classes into actors that run batches. */
@NullMarked
package dev.sluice.sdk.actor;

import org.jspecify.annotations.NullMarked;
