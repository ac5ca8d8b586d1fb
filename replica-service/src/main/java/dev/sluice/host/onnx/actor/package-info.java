/** A model as an actor. */
@NullMarked
package dev.sluice.host.onnx.actor;

import org.jspecify.annotations.NullMarked;
