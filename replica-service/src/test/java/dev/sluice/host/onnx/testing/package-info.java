/** Models made by tests. */
@NullMarked
package dev.sluice.host.onnx.testing;

import org.jspecify.annotations.NullMarked;
