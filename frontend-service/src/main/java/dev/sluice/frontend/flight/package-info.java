/** Arrow Flight: actors as what takes and gives record batches. */
@NullMarked
package dev.sluice.frontend.flight;

import org.jspecify.annotations.NullMarked;
