/** Settings and wiring: what the starter adds to a Boot application. */
@NullMarked
package dev.sluice.sdk.config;

import org.jspecify.annotations.NullMarked;
