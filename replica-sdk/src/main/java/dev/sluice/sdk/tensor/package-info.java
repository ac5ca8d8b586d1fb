/** Java values as tensors of the Open Inference Protocol. */
@NullMarked
package dev.sluice.sdk.tensor;

import org.jspecify.annotations.NullMarked;
