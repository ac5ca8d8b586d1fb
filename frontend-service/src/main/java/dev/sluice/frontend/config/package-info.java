/** Settings and wiring. */
@NullMarked
package dev.sluice.frontend.config;

import org.jspecify.annotations.NullMarked;
