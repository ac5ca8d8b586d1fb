/** Where the time of queries went: of the last ones, and of the slowest. */
@NullMarked
package dev.sluice.frontend.explain;

import org.jspecify.annotations.NullMarked;
