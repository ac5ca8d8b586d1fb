/** Turns the bytes of inputs into values, and results into bytes, by Java type and media type. */
@NullMarked
package dev.sluice.sdk.codec;

import org.jspecify.annotations.NullMarked;
