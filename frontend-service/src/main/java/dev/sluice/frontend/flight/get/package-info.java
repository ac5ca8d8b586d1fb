/** DoGet: the result of one query, as a stream of record batches. */
@NullMarked
package dev.sluice.frontend.flight.get;

import org.jspecify.annotations.NullMarked;
