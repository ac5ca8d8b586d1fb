/** Settings and wiring. */
@NullMarked
package dev.sluice.router.config;

import org.jspecify.annotations.NullMarked;
