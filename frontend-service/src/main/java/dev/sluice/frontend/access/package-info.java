/** Who calls, and what they may: the same for every protocol, none of which it knows. */
@NullMarked
package dev.sluice.frontend.access;

import org.jspecify.annotations.NullMarked;
