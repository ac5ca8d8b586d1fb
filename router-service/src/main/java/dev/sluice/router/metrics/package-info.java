/** Micrometer behind the ports of the other packages. */
@NullMarked
package dev.sluice.router.metrics;

import org.jspecify.annotations.NullMarked;
