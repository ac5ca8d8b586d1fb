/** Settings that all services share. */
@NullMarked
package dev.sluice.common.config;

import org.jspecify.annotations.NullMarked;
