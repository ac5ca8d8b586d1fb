/** Columns as tensors and tensors as columns. Numbers are the same bytes in both, and are passed on as slices. */
@NullMarked
package dev.sluice.frontend.flight.column;

import org.jspecify.annotations.NullMarked;
