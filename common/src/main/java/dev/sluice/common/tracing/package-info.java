/** Spans as OpenTelemetry records them. The only package of this module that knows it, with {@code config}. */
@NullMarked
package dev.sluice.common.tracing;

import org.jspecify.annotations.NullMarked;
