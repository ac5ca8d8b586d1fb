/** The frontend service. */
@NullMarked
package dev.sluice.frontend;

import org.jspecify.annotations.NullMarked;
