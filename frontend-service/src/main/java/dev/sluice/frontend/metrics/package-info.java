/** Micrometer behind the ports of the other packages. */
@NullMarked
package dev.sluice.frontend.metrics;

import org.jspecify.annotations.NullMarked;
