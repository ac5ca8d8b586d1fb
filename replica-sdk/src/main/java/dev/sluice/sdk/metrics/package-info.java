/** Micrometer behind the ports of the other packages. */
@NullMarked
package dev.sluice.sdk.metrics;

import org.jspecify.annotations.NullMarked;
