/** Calls an actor in a test, without any tier. */
@NullMarked
package dev.sluice.sdk.test;

import org.jspecify.annotations.NullMarked;
