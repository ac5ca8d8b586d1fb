/** Tensors of the Open Inference Protocol, version 2. */
@NullMarked
package dev.sluice.client.tensor;

import org.jspecify.annotations.NullMarked;
