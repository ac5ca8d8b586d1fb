/** What is said of a model beside the model: Sluice's own config.yaml, or Triton's config.pbtxt. */
@NullMarked
package dev.sluice.host.onnx.settings;

import org.jspecify.annotations.NullMarked;
