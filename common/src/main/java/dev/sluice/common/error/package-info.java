/** How a query can end other than well. */
@NullMarked
package dev.sluice.common.error;

import org.jspecify.annotations.NullMarked;
