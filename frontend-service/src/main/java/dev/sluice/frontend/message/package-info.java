/** JSON messages of the protocols that carry many queries on one connection: what a message asks, and how replies look. */
@NullMarked
package dev.sluice.frontend.message;

import org.jspecify.annotations.NullMarked;
