/** How calls fail. */
@NullMarked
package dev.sluice.client.error;

import org.jspecify.annotations.NullMarked;
