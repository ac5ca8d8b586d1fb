/** DoExchange: record batches in, the results of their rows out. */
@NullMarked
package dev.sluice.frontend.flight.exchange;

import org.jspecify.annotations.NullMarked;
