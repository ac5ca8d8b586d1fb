/** What the frontend tells about its health. */
@NullMarked
package dev.sluice.frontend.health;

import org.jspecify.annotations.NullMarked;
