/** What operators see of a host's models, in Micrometer. */
@NullMarked
package dev.sluice.host.onnx.metrics;

import org.jspecify.annotations.NullMarked;
