/** Flight's own message of data, read and written by hand: a batch is copied once from the connection and once to it. */
@NullMarked
package dev.sluice.frontend.flight.wire;

import org.jspecify.annotations.NullMarked;
