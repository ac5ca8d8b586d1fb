/** The way of a query through a frontend, known to every protocol adapter. */
@NullMarked
package dev.sluice.frontend.query;

import org.jspecify.annotations.NullMarked;
