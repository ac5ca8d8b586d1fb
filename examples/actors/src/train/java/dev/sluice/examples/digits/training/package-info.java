/** Draws digits and trains the recogniser from them. Runs in the build only: neither these classes nor Tribuo are in the jar. */
@NullMarked
package dev.sluice.examples.digits.training;

import org.jspecify.annotations.NullMarked;
