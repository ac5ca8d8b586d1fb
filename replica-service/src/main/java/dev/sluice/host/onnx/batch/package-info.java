/** Which dimension of a model is the batch's, and stacking queries along it. */
@NullMarked
package dev.sluice.host.onnx.batch;

import org.jspecify.annotations.NullMarked;
