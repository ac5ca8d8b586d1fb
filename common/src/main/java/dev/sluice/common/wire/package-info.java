/** The frames that links carry, and their one encoding. */
@NullMarked
package dev.sluice.common.wire;

import org.jspecify.annotations.NullMarked;
