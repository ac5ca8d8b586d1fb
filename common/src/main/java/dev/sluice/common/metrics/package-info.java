/** Meters that all tiers have. The only package of this module that knows Micrometer, which is there where they are used. */
@NullMarked
package dev.sluice.common.metrics;

import org.jspecify.annotations.NullMarked;
