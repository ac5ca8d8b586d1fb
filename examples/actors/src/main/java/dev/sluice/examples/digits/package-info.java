/** Reads the digit in a picture, with a model that the build trains. */
@NullMarked
package dev.sluice.examples.digits;

import org.jspecify.annotations.NullMarked;
