/** Actors written as annotated classes: inspected when they are loaded, then run batch by batch. */
@NullMarked
package dev.sluice.sdk.annotated;

import org.jspecify.annotations.NullMarked;
