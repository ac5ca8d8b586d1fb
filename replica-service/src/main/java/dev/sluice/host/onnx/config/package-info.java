/** Wiring and settings of a host's models. */
@NullMarked
package dev.sluice.host.onnx.config;

import org.jspecify.annotations.NullMarked;
