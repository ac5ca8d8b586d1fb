/**
 * Tensors on the wire: the types of the Open Inference Protocol, its JSON bodies with and without binary data, and plain JSON. Knows
 * no runtime that computes with them.
 */
@NullMarked
package dev.sluice.common.tensor;

import org.jspecify.annotations.NullMarked;
