/** The page at {@code /ui}: what the platform does now, and a console to call actors. It changes nothing. */
@NullMarked
package dev.sluice.frontend.page;

import org.jspecify.annotations.NullMarked;
