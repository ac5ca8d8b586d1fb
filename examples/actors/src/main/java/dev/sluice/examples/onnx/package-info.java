/** What the actors around ONNX models share. */
@NullMarked
package dev.sluice.examples.onnx;

import org.jspecify.annotations.NullMarked;
