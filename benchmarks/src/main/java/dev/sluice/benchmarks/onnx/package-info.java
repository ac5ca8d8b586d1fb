/** What serving a model costs, against ONNX Runtime alone. */
@NullMarked
package dev.sluice.benchmarks.onnx;

import org.jspecify.annotations.NullMarked;
