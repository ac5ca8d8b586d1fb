/** Which trace a query belongs to, as it travels in its headers. */
@NullMarked
package dev.sluice.common.trace;

import org.jspecify.annotations.NullMarked;
