/** Wiring. */
@NullMarked
package dev.sluice.host.config;

import org.jspecify.annotations.NullMarked;
