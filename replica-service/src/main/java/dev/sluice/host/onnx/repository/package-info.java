/** A folder of models, watched. */
@NullMarked
package dev.sluice.host.onnx.repository;

import org.jspecify.annotations.NullMarked;
