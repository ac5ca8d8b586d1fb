/** ONNX Runtime behind tensors of the wire: types, memory, native objects. */
@NullMarked
package dev.sluice.host.onnx.session;

import org.jspecify.annotations.NullMarked;
